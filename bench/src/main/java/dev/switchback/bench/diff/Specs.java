// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import dev.switchback.diff.Sharing;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Label;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Probe;
import dev.switchback.model.spec.Scaling;
import dev.switchback.model.spec.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes specs of a {@link Mix}. */
final class Specs {

  private Specs() {}

  static AppSpec of(Mix mix, int version) {
    List<Component> components = new ArrayList<>();
    for (int number : mix.components(version)) {
      components.add(component(mix.component(number, version)));
    }
    return AppSpec.builder().components(Keyed.copyOf(components)).build();
  }

  /** Makes both versions such that they share what is equal. */
  static BiFunction<Mix, Integer, AppSpec> kept() {
    AppSpec[] earlier = {AppSpec.empty()};
    return (mix, version) -> {
      AppSpec spec = of(mix, version);
      earlier[0] = version == 1 ? spec : Sharing.of(spec, earlier[0]);
      return earlier[0];
    };
  }

  private static Component component(Plain.Component plain) {
    return Component.builder(plain.key())
        .shareUuid(plain.shareUuid())
        .name(plain.name())
        .alias(plain.alias())
        .image(new Image(plain.image(), null, plain.build()))
        .command(plain.command())
        .versionLabel(plain.versionLabel())
        .memoryMb(plain.memoryMb())
        .cpuMillis(plain.cpuMillis())
        .scaling(Scaling.one().withMinReplicas(plain.replicas()))
        .env(keyed(plain.env(), Specs::env))
        .connections(keyed(plain.connections(), Specs::env))
        .ports(keyed(
            plain.ports(),
            port -> new Port(
                port.number(),
                port.protocol(),
                port.alias(),
                port.inner(),
                port.outer(),
                port.kubernetesName(),
                "")))
        .volumes(keyed(
            plain.volumes(),
            volume -> new Volume(
                volume.path(),
                volume.name(),
                volume.type(),
                volume.capacityGb(),
                volume.accessMode(),
                "",
                "",
                "",
                "",
                null)))
        .configFiles(keyed(
            plain.configFiles(),
            file -> new ConfigFile(file.path(), file.name(), Setting.plain(file.content()), null)))
        .probes(keyed(
            plain.probes(),
            probe -> new Probe(
                probe.mode(),
                probe.scheme(),
                probe.path(),
                probe.port(),
                "",
                "",
                probe.initialDelaySeconds(),
                probe.periodSeconds(),
                probe.timeoutSeconds(),
                probe.failureThreshold(),
                probe.successThreshold(),
                true)))
        .dependencies(keyed(
            plain.dependencies(),
            dependency -> new Dependency(new ComponentKey(dependency.provider()))))
        .labels(keyed(plain.labels(), label -> new Label(label.name(), label.value())))
        .build();
  }

  private static EnvVar env(Plain.Env env) {
    return new EnvVar(
        env.name(), Setting.plain(env.value()), env.label(), env.changeable(), env.port());
  }

  private static <P, T extends Keyed.Item> Keyed<T> keyed(List<P> plain, Function<P, T> make) {
    return plain.stream().map(make).collect(Keyed.collector());
  }
}
