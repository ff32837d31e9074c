// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Mount;
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
    List<ComponentKey> chosen = spec.components().stream()
        .map(Component::id)
        .filter(key -> selected.isEmpty() || selected.contains(key.value()))
        .toList();
    return ComponentGraph.of(spec).layers(chosen).toString();
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
  void plan_moreStepsThanParallel_splitsTheWave() {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      components.add(component(key(i)));
    }
    Site site = new Site().publish("1.0", spec(components));

    Plan plan = site.plan(new InstallRequest(Site.ref("1.0"))).plan();

    assertThat(plan.waves()).extracting(wave -> wave.steps().size()).containsExactly(10, 10, 5);
  }

  @Test
  void cycles_dependencyOnItselfBesideMounts_isFound() {
    AppSpec spec = spec(List.of(
        component("a"),
        component("b"),
        component("c", "c").toBuilder()
            .mounts(Keyed.of(mount("a"), mount("b"), mount("c")))
            .build()));

    assertThat(layers(spec, "")).isEqualTo("[[a, b], [c]]");
    assertThat(ComponentGraph.of(spec).cycles().toString()).isEqualTo("[[c]]");
  }

  private static Mount mount(String provider) {
    return new Mount(new ComponentKey(provider), "data", "/data/" + provider);
  }
}
