// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a component is run as containers: pure translation, nothing is asked. */
final class Recipe {

  private static final Pattern WORD =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");

  private final AppId app;
  private final AppSpec spec;
  private final Component component;

  private Recipe(AppId app, AppSpec spec, Component component) {
    this.app = app;
    this.spec = spec;
    this.component = component;
  }

  /** Makes the recipe for a component, however it is recorded. */
  static Recipe of(AppId app, AppSpec spec, Component component) {
    return new Recipe(app, spec, component);
  }

  /**
   * Makes the recipe for a component that is to be run.
   *
   * @throws DeploymentException if it is of a kind that an engine does not run
   */
  static Recipe of(ComponentTarget target) {
    Component component = target.wanted();
    Refusals.check("run " + component + " of " + target.app().app(), Refusals.of(component));
    return new Recipe(target.app().app(), target.app().spec(), component);
  }

  Component component() {
    return component;
  }

  boolean isJob() {
    return component.workload().code().equals("job");
  }

  int replicas() {
    return component.workload().isSingleton() || isJob()
        ? 1
        : Math.max(1, component.scaling().minReplicas());
  }

  /** Tells whether an old and a new instance may run side by side for a while. */
  boolean mayOverlap() {
    return !component.workload().isStateful()
        && !isJob()
        && component.volumes().stream().noneMatch(volume -> volume.accessMode().equals("RWO"));
  }

  /** What consumers see, but for where ports are published. */
  Face face() {
    SortedMap<String, String> ports = new TreeMap<>();
    for (Port port : component.ports()) {
      if (port.inner() || port.outer()) {
        String protocol = port.protocol();
        ports.put(port.key(), protocol.equals("http") || protocol.equals("udp") ? protocol : "tcp");
      }
    }
    return new Face(Names.domains(component), ports, new TreeMap<>());
  }

  /** The ports that are to be reached from outside; each with the address the template wants, or "". */
  SortedMap<String, String> outerPorts() {
    SortedMap<String, String> outer = new TreeMap<>();
    for (Port port : component.ports()) {
      if (port.outer()) {
        String address = spec.streamRoutes()
            .find(component.key() + ":" + port.number())
            .map(route -> route.address())
            .orElse("");
        outer.put(port.key(), address.matches("([^:]*:)?[0-9]{1,5}") ? address : "");
      }
    }
    return outer;
  }

  List<String> env() {
    List<String> lines = new ArrayList<>();
    Environment.of(spec, component)
        .forEach((name, value) -> lines.add(name + "=" + value.reveal()));
    return lines;
  }

  /** Splits the command into words as a shell does, without its other powers. */
  List<String> command() {
    return words(component.command());
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        words.add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
      } else {
        words.add(matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
      }
    }
    return words;
  }

  /** The engine's own health check, as it wants it told; empty if there is no command to run. */
  List<String> healthCheck() {
    return Probes.command(component)
        .map(probe -> {
          String command = probe.command();
          // A shell is asked for only where the command needs one: the image may have none.
          if (command.matches("[A-Za-z0-9 ._/:=@%+,-]*")) {
            List<String> test = new ArrayList<>(List.of("CMD"));
            test.addAll(words(command));
            return List.copyOf(test);
          }
          return List.of("CMD-SHELL", command);
        })
        .orElse(List.of());
  }

  /** What is mounted into an instance: its volumes, and those of other components. */
  List<Mount> mounts(int replica) {
    List<Mount> mounts = new ArrayList<>();
    for (Volume volume : component.volumes()) {
      mounts.add(mount(component, volume, volume.path(), replica));
    }
    component
        .mounts()
        .forEach(mount -> spec.component(mount.provider())
            .flatMap(provider -> volume(provider, mount.volumeName())
                .map(volume -> mount(provider, volume, mount.path(), 0)))
            .ifPresent(mounts::add));
    return mounts;
  }

  private static Optional<Volume> volume(Component provider, String name) {
    return provider.volumes().stream()
        .filter(volume -> volume.name().equals(name))
        .findFirst();
  }

  private Mount mount(Component owner, Volume volume, String path, int replica) {
    if (volume.type().equals("memoryfs")) {
      return new Mount().withType(MountType.TMPFS).withTarget(path);
    }
    boolean own = owner.workload().isStateful() && !volume.type().equals("share-file");
    return new Mount()
        .withType(MountType.VOLUME)
        .withSource(volumeName(owner.id(), volume.path(), own ? replica : 0))
        .withTarget(path)
        .withReadOnly(volume.accessMode().equals("ROX"))
        .withVolumeOptions(new VolumeOptions()
            .withLabels(Map.of(
                Labels.APP, app.value(),
                Labels.COMPONENT, owner.key(),
                Labels.ROLE, Labels.VOLUME,
                Labels.VOLUME_PATH, volume.path())));
  }

  private String volumeName(ComponentKey owner, String path, int replica) {
    return Names.volume(app, owner, path, replica);
  }

  /** The config files, own and mounted from others, by path. */
  SortedMap<String, ConfigFile> files() {
    SortedMap<String, ConfigFile> files = new TreeMap<>();
    component
        .mounts()
        .forEach(mount -> spec.component(mount.provider())
            .flatMap(provider -> provider.configFiles().stream()
                .filter(file -> file.name().equals(mount.volumeName()))
                .findFirst())
            .ifPresent(file -> files.put(mount.path(), file)));
    component.configFiles().forEach(file -> files.put(file.path(), file));
    return files;
  }
}
