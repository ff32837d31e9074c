// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.Inspector;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells what really runs, by asking the engine for the first instance of each component.
 *
 * <p>Seen are: the image, the command, env values, memory, cpu, the number of instances, mounted
 * volumes, and the content of config files. Everything else is as recorded.
 */
final class DockerInspector implements Inspector {

  private final Engine engine;
  private final Artifacts artifacts;

  DockerInspector(Engine engine, Artifacts artifacts) {
    this.engine = engine;
    this.artifacts = artifacts;
  }

  @Override
  public List<Component> inspect(AppTarget recorded) {
    List<Component> components = new ArrayList<>();
    View.of(engine.containers(recorded.app())).forEach((key, view) -> {
      Turn turn = view.current().orElse(null);
      if (turn != null) {
        Optional<Component> known = recorded.spec().component(key);
        engine
            .inspect(turn.instances().get(0).id())
            .ifPresent(found -> components.add(
                known.isPresent()
                    ? compare(recorded, known.get(), turn, found)
                    : unknown(view, turn, found)));
      }
    });
    return components;
  }

  private static Component unknown(View view, Turn turn, InspectContainerResponse found) {
    return Component.builder(view.component())
        .image(turn.image())
        .memoryMb(memoryMb(found.getHostConfig()))
        .cpuMillis(cpuMillis(found.getHostConfig()))
        .build();
  }

  private Component compare(
      AppTarget recorded, Component component, Turn turn, InspectContainerResponse found) {
    Recipe recipe = Recipe.of(recorded.app(), recorded.spec(), component);
    Component.Builder seen = component.toBuilder()
        .image(image(component, turn))
        .memoryMb(memoryMb(found.getHostConfig()))
        .cpuMillis(cpuMillis(found.getHostConfig()))
        .env(env(component, found))
        .volumes(volumes(component, found))
        .configFiles(configFiles(component, turn.instances().get(0)));
    String[] cmd = found.getConfig().getCmd();
    List<String> words = cmd == null ? List.of() : Arrays.asList(cmd);
    if (!recipe.command().isEmpty() && !recipe.command().equals(words)) {
      seen.command(String.join(" ", words));
    }
    long running = turn.instances().stream().filter(Seen::isRunning).count();
    if (running != recipe.replicas() && !recipe.isJob()) {
      seen.scaling(component.scaling().withMinReplicas((int) running));
    }
    return seen.build();
  }

  /** The recorded image if that is what runs, whatever its tags say now; else what does run. */
  private Image image(Component component, Turn turn) {
    Image wanted = component.image();
    Image applied = turn.image();
    Digest digest = wanted.digest();
    boolean same = digest == null
        ? wanted.reference().equals(applied.reference())
        : digest.equals(applied.digest())
            || artifacts
                .find(digest, wanted.reference())
                .filter(turn.instances().get(0).imageId()::equals)
                .isPresent();
    return same ? wanted : applied;
  }

  private static int memoryMb(HostConfig host) {
    Long bytes = host.getMemory();
    return bytes == null ? 0 : (int) (bytes >> 20);
  }

  private static int cpuMillis(HostConfig host) {
    Long nano = host.getNanoCPUs();
    return nano == null ? 0 : (int) (nano / 1_000_000);
  }

  /** Changes the recorded variables that have another value, and leaves out those without one. */
  private static Keyed<EnvVar> env(Component component, InspectContainerResponse found) {
    Map<String, String> actual = new TreeMap<>();
    String[] lines = found.getConfig().getEnv();
    for (String line : lines == null ? new String[0] : lines) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        actual.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    List<EnvVar> seen = new ArrayList<>();
    for (EnvVar variable : component.env()) {
      String value = actual.get(variable.name());
      if (value != null) {
        boolean same = value.equals(variable.value().reveal());
        seen.add(same ? variable : with(variable, value));
      }
    }
    return Keyed.copyOf(seen);
  }

  private static EnvVar with(EnvVar variable, String value) {
    Setting setting =
        variable.value().isSecret() ? Setting.secret(value) : Setting.named(variable.name(), value);
    return new EnvVar(
        variable.name(), setting, variable.label(), variable.changeable(), variable.port());
  }

  private static Keyed<Volume> volumes(Component component, InspectContainerResponse found) {
    Set<String> mounted = new TreeSet<>();
    if (found.getMounts() != null) {
      found.getMounts().stream()
          .filter(mount -> mount.getDestination() != null)
          .forEach(mount -> mounted.add(mount.getDestination().getPath()));
    }
    return component.volumes().stream()
        .filter(volume -> volume.type().equals("memoryfs") || mounted.contains(volume.path()))
        .collect(Keyed.collector());
  }

  private Keyed<ConfigFile> configFiles(Component component, Seen instance) {
    List<ConfigFile> seen = new ArrayList<>();
    for (ConfigFile file : component.configFiles()) {
      engine
          .file(instance.id(), file.path())
          .flatMap(Tars::first)
          .map(content -> new String(content, UTF_8))
          .ifPresent(content ->
              seen.add(content.equals(file.content().reveal()) ? file : with(file, content)));
    }
    return Keyed.copyOf(seen);
  }

  private static ConfigFile with(ConfigFile file, String content) {
    Setting setting =
        file.content().isSecret() ? Setting.secret(content) : Setting.named(file.name(), content);
    return new ConfigFile(file.path(), file.name(), setting, file.mode());
  }
}
