// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ComponentGraphTest {

  private static Component component(String key, String... needs) {
    List<Dependency> dependencies = new ArrayList<>();
    for (String need : needs) {
      dependencies.add(new Dependency(new ComponentKey(need)));
    }
    return Component.builder(new ComponentKey(key))
        .image(Image.of(key + ":1"))
        .dependencies(Keyed.copyOf(dependencies))
        .build();
  }

  private static AppSpec spec(List<Component> components) {
    return AppSpec.builder().components(Keyed.copyOf(components)).build();
  }

  private static String layers(AppSpec spec, String selected) {
    return ComponentGraph.of(spec)
        .layers(key -> selected.isEmpty() || selected.contains(key.value()))
        .toString();
  }

  @Test
  void layers_diamond_putsProvidersFirst() {
    AppSpec spec = spec(List.of(
        component("a", "b", "c"), component("b", "d"), component("c", "d"), component("d")));

    assertThat(layers(spec, "")).isEqualTo("[[d], [b, c], [a]]");
  }

  @Test
  void layers_unchangedComponentBetween_keepsTheOrder() {
    AppSpec spec = spec(List.of(component("a", "b"), component("b", "c"), component("c")));

    assertThat(layers(spec, "ac")).isEqualTo("[[c], [a]]");
  }

  @Test
  void layers_twoCyclesInARow_areOneLayerEach() {
    AppSpec spec = spec(List.of(
        component("a", "b"),
        component("b", "a", "c"),
        component("c", "d"),
        component("d", "c"),
        component("e", "a")));

    assertThat(layers(spec, "")).isEqualTo("[[c, d], [a, b], [e]]");
    assertThat(ComponentGraph.of(spec).cycles().toString()).isEqualTo("[[a, b], [c, d]]");
  }

  @Test
  void layers_dependencyOnItself_isACycleOfOne() {
    AppSpec spec = spec(List.of(component("a", "a")));

    assertThat(layers(spec, "")).isEqualTo("[[a]]");
    assertThat(ComponentGraph.of(spec).cycles().toString()).isEqualTo("[[a]]");
  }

  private static String key(int i) {
    return String.format(Locale.ROOT, "c%05d", i);
  }

  @Test
  void plan_chainOfTenThousand_givesTenThousandWaves() {
    List<Component> chain = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      chain.add(i == 0 ? component(key(0)) : component(key(i), key(i - 1)));
    }
    Site site = new Site().publish("1.0", spec(chain));

    Plan plan = site.run(new InstallRequest(Site.ref("1.0")));
    Plan removal = site.plan(new UninstallRequest()).plan();

    assertThat(plan.waves()).hasSize(10_000);
    assertThat(plan.waves().get(0).steps())
        .containsExactly(new Step(StepAction.CREATE, new ComponentKey(key(0)), "new component"));
    assertThat(removal.waves().get(0).steps().get(0).component())
        .isEqualTo(new ComponentKey(key(9_999)));
  }

  @Test
  void plan_cycleOfTenThousand_isOneWaveAndAWarning() {
    List<Component> circle = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      circle.add(component(key(i), key((i + 1) % 10_000)));
    }
    Site site = new Site().publish("1.0", spec(circle));
    site.maxParallel = 10_000;

    Plan plan = site.plan(new InstallRequest(Site.ref("1.0"))).plan();

    assertThat(plan.waves()).hasSize(1);
    assertThat(plan.warnings()).extracting(Warning::code).containsExactly("dependency-cycle");
  }

  @Test
  void plan_moreStepsThanParallel_splitsTheWave() {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      components.add(component(key(i)));
    }
    Site site = new Site().publish("1.0", spec(components));

    Plan plan = site.plan(new InstallRequest(Site.ref("1.0"))).plan();

    assertThat(plan.waves()).extracting(wave -> wave.steps().size()).containsExactly(10, 10, 5);
  }
}
