// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.arbitraries;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Endpoints;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Extra;
import dev.switchback.model.spec.Graph;
import dev.switchback.model.spec.KubernetesAttribute;
import dev.switchback.model.spec.Label;
import dev.switchback.model.spec.Monitor;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.PluginSetting;
import dev.switchback.model.spec.PluginUse;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Probe;
import dev.switchback.model.spec.Provenance;
import dev.switchback.model.spec.RegistryAccess;
import dev.switchback.model.spec.Scaling;
import dev.switchback.model.spec.VirtualMachine;
import dev.switchback.model.spec.VmDisk;
import dev.switchback.model.spec.Volume;
import dev.switchback.model.spec.Workload;
import java.util.function.Supplier;

/** One way to change a component: sets a scalar, or adds, edits or removes an item. */
enum ComponentFeature implements Mutation.Feature {
  SHARE_UUID((c, d, s) -> c.toBuilder()
      .shareUuid(d.oneIn(4) ? "" : d.hex(8) + "+" + Integer.toHexString(c.key().hashCode()))
      .build()),
  NAME((c, d, s) -> c.toBuilder().name(d.text()).build()),
  ALIAS((c, d, s) -> c.toBuilder().alias(d.word("", "gr12ab", "别名")).build()),
  KUBERNETES_NAME(
      (c, d, s) -> c.toBuilder().kubernetesName(d.word("", "web-0", "db")).build()),
  WORKLOAD((c, d, s) -> c.toBuilder()
      .workload(new Workload(d.word(
          "stateless_multiple",
          "stateless_singleton",
          "state_multiple",
          "state_singleton",
          "job",
          "cronjob",
          "daemonset",
          "vm",
          "",
          "stateless",
          "custom")))
      .build()),
  IMAGE((c, d, s) -> c.toBuilder().image(d.image()).build()),
  COMMAND((c, d, s) -> c.toBuilder().command(d.text()).build()),
  VERSION_LABEL((c, d, s) -> c.toBuilder().versionLabel(d.word("", "8.0", "最新")).build()),
  ARCH((c, d, s) -> c.toBuilder().arch(d.word("", "amd64", "arm64")).build()),
  MEMORY((c, d, s) -> c.toBuilder().memoryMb(d.number()).build()),
  CPU((c, d, s) -> c.toBuilder().cpuMillis(d.number()).build()),
  SCALING((c, d, s) -> c.toBuilder()
      .scaling(new Scaling(
          d.number(),
          d.number(),
          d.number(),
          d.number(),
          d.number(),
          d.number(),
          d.number(),
          d.flip()))
      .build()),
  REGISTRY((c, d, s) -> c.toBuilder().registry(registry(d)).build()),
  PROVENANCE((c, d, s) -> c.toBuilder()
      .provenance(new Provenance(
          d.text(),
          d.text(),
          d.text(),
          d.word("", "docker_run"),
          d.word("", "application", "vm"),
          d.word("", "image", "slug"),
          d.text(),
          d.text(),
          d.text(),
          d.text(),
          d.text(),
          d.text()))
      .build()),
  ENV((c, d, s) -> c.toBuilder().env(varied(c.env(), d, () -> variable(d))).build()),
  CONNECTION((c, d, s) ->
      c.toBuilder().connections(varied(c.connections(), d, () -> variable(d))).build()),
  PORT((c, d, s) -> c.toBuilder()
      .ports(varied(
          c.ports(),
          d,
          () -> new Port(
              d.port(),
              d.word("http", "tcp", "udp", "mysql", ""),
              d.text(),
              d.flip(),
              d.flip(),
              hostName(c, d),
              d.text())))
      .build()),
  VOLUME((c, d, s) -> c.toBuilder()
      .volumes(varied(
          c.volumes(),
          d,
          () -> new Volume(
              d.path(),
              d.name(),
              d.word("share-file", "local", "memoryfs", ""),
              d.number(),
              d.word("", "RWO", "RWX", "ROX"),
              d.text(),
              d.text(),
              d.text(),
              d.text(),
              d.numberOrNone())))
      .build()),
  CONFIG_FILE((c, d, s) -> c.toBuilder()
      .configFiles(varied(
          c.configFiles(),
          d,
          () -> new ConfigFile(d.path(), d.name(), d.setting(), d.numberOrNone())))
      .build()),
  PROBE((c, d, s) -> c.toBuilder()
      .probes(varied(
          c.probes(),
          d,
          () -> new Probe(
              d.word("readiness", "liveness", "startup"),
              d.word("tcp", "http", "cmd"),
              d.text(),
              d.number(),
              d.text(),
              d.text(),
              d.number(),
              d.number(),
              d.number(),
              d.number(),
              d.number(),
              d.flip())))
      .build()),
  DEPENDENCY((c, d, s) -> c.toBuilder()
      .dependencies(varied(c.dependencies(), d, () -> new Dependency(d.keyOf(s))))
      .build()),
  MOUNT((c, d, s) -> c.toBuilder()
      .mounts(varied(c.mounts(), d, () -> new Mount(d.keyOf(s), d.name(), d.path())))
      .build()),
  PLUGIN_USE((c, d, s) ->
      c.toBuilder().plugins(varied(c.plugins(), d, () -> pluginUse(d))).build()),
  MONITOR((c, d, s) -> c.toBuilder()
      .monitors(varied(
          c.monitors(),
          d,
          () -> new Monitor(d.name(), d.text(), d.path(), d.number(), d.word("", "10s", "1m"))))
      .build()),
  GRAPH((c, d, s) -> c.toBuilder()
      .graphs(varied(c.graphs(), d, () -> new Graph(d.name(), d.text(), d.number())))
      .build()),
  LABEL((c, d, s) -> c.toBuilder()
      .labels(varied(c.labels(), d, () -> new Label(d.name(), d.text())))
      .build()),
  KUBERNETES_ATTRIBUTE((c, d, s) -> c.toBuilder()
      .kubernetesAttributes(varied(
          c.kubernetesAttributes(),
          d,
          () -> new KubernetesAttribute(
              d.word("affinity", "tolerations", "nodeSelector", "env"),
              d.word("yaml", "json", "string"),
              d.setting())))
      .build()),
  VIRTUAL_MACHINE((c, d, s) -> c.toBuilder()
      .virtualMachine(
          d.maybe(() -> new VirtualMachine(d.word("", "bios", "uefi"), d.word("", "qcow2"))))
      .build()),
  DISK((c, d, s) -> c.toBuilder()
      .disks(varied(
          c.disks(),
          d,
          () -> new VmDisk(
              d.word("root", "data-1", "data-2"),
              d.word("root", "data"),
              d.word("", "registry"),
              d.text(),
              d.text(),
              d.number())))
      .build()),
  ENDPOINTS((c, d, s) -> c.toBuilder()
      .endpoints(
          d.maybe(() -> new Endpoints(d.word("static", "kubernetes", ""), d.json(), d.text())))
      .build()),
  EXTRA((c, d, s) -> c.toBuilder()
      .extras(varied(c.extras(), d, () -> new Extra(d.name(), d.json())))
      .build());

  /** Changes a component that is in, or will be put into, an app. */
  @FunctionalInterface
  interface Change {
    Component apply(Component component, Dice dice, AppSpec app);
  }

  private static final int REDRAWS = 10;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  private final Change change;

  ComponentFeature(Change change) {
    this.change = change;
  }

  Component apply(Component component, Dice dice, AppSpec app) {
    return change.apply(component, dice, app);
  }

  /** Changes one component of {@code spec}; nothing if it has none. */
  @Override
  public AppSpec applyTo(AppSpec spec, Dice dice) {
    if (spec.components().isEmpty()) {
      return spec;
    }
    Component component = spec.components().get(dice.below(spec.components().size()));
    return AppFeature.with(spec, apply(component, dice, spec));
  }

  /** Adds an item, or puts another in the place of one with its key, or removes some item. */
  static <T extends Keyed.Item> Keyed<T> varied(Keyed<T> items, Dice dice, Supplier<T> draw) {
    if (items.isEmpty()) {
      return items.with(draw.get());
    }
    if (dice.oneIn(4)) {
      return items.without(items.get(dice.below(items.size())).key());
    }
    T item = draw.get();
    if (dice.flip()) {
      // Keys are part of what is drawn, so an edit is found by drawing again.
      for (int tries = 0; tries < REDRAWS && !items.contains(item.key()); tries++) {
        item = draw.get();
      }
    }
    return items.with(item);
  }

  /** No two components are reached under one name. */
  private static String hostName(Component component, Dice d) {
    return d.flip() ? "" : component.key() + " or " + d.text();
  }

  static RegistryAccess registry(Dice d) {
    return new RegistryAccess(
        d.word("", "hub.example.org"), d.word("", "robot"), d.setting(), d.text(), d.flip());
  }

  private static EnvVar variable(Dice d) {
    return new EnvVar(d.name(), d.setting(), d.text(), d.flip(), d.flip() ? 0 : d.port());
  }

  private static PluginUse pluginUse(Dice d) {
    Keyed<PluginSetting> settings = Keyed.empty();
    for (int i = d.below(3); i > 0; i--) {
      settings = settings.with(new PluginSetting(
          d.word("upstream_port", "downstream_port", "un_define"),
          d.word("", "auto", "env"),
          d.number(),
          d.word("", "http"),
          d.word("", "gr12ab"),
          d.json()));
    }
    return new PluginUse(
        d.word("perf", "mesh", "插件"), d.text(), d.flip(), d.number(), d.number(), settings);
  }
}
