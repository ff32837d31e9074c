// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.testkit.arbitraries.SpecPair;
import dev.switchback.testkit.arbitraries.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Sharing changes what a spec is made of, and nothing that can be seen of it. */
final class SharingLaws {

  @Provide
  Arbitrary<AppSpec> specs() {
    return Specs.appSpec();
  }

  @Provide
  Arbitrary<SpecPair> pairs() {
    return Specs.specPair();
  }

  @Property(tries = 100)
  void of_aVersionAndTheOneBefore_isEqualAndDiffersAlike(@ForAll("pairs") SpecPair pair) {
    AppSpec shared = Sharing.of(pair.newer(), pair.older());

    assertThat(shared).isEqualTo(pair.newer()).hasSameHashCodeAs(pair.newer());
    assertThat(Diff.between(pair.older(), shared))
        .isEqualTo(Diff.between(pair.older(), pair.newer()));
    for (Component component : shared.components()) {
      pair.older()
          .component(component.id())
          .filter(component::equals)
          .ifPresent(before -> assertThat(component).isSameAs(before));
    }
  }

  @Property(tries = 50)
  void of_unrelatedSpecs_isEqualAsWell(
      @ForAll("specs") AppSpec spec, @ForAll("specs") AppSpec earlier) {
    assertThat(Sharing.of(spec, earlier)).isEqualTo(spec);
  }

  @Property(tries = 50)
  void of_severalAtOnce_sharesAsOneAfterTheOther(
      @ForAll("pairs") SpecPair pair, @ForAll("specs") AppSpec other) {
    List<AppSpec> shared = Sharing.of(List.of(pair.newer(), other), pair.older());

    assertThat(shared).containsExactly(pair.newer(), other);
    for (Component component : pair.older().components()) {
      if (pair.newer().component(component.id()).filter(component::equals).isPresent()) {
        assertThat(shared.get(0).component(component.id())).containsSame(component);
      }
    }
  }

  /** Large enough for several slices; whatever a component is, it may be the first or last of one. */
  @Property(tries = 10)
  void of_largeSpecs_isEqualAndDiffersAsItsComponentsDo(
      @ForAll Random random, @ForAll @IntRange(min = 0, max = 3000) int size) {
    AppSpec earlier = large(random, size);
    AppSpec spec = large(random, size);

    AppSpec shared = Sharing.of(spec, earlier);

    assertThat(shared).isEqualTo(spec);
    Set<ComponentKey> different = new TreeSet<>();
    for (Component component : shared.components()) {
      Component before = earlier.component(component.id()).orElse(null);
      if (component.equals(before)) {
        assertThat(component).isSameAs(before);
      } else {
        different.add(component.id());
      }
    }
    for (Component component : earlier.components()) {
      if (spec.component(component.id()).isEmpty()) {
        different.add(component.id());
      }
    }
    Diff diff = Diff.between(earlier, spec);
    assertThat(diff.changes())
        .extracting(change -> change.place().component().orElseThrow())
        .containsExactlyElementsOf(different);
    assertThat(diff.applyTo(earlier)).isEqualTo(spec);
    assertThat(Diff.between(earlier, shared)).isEqualTo(diff);
  }

  private static AppSpec large(Random random, int size) {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (random.nextInt(20) > 0) {
        int tag = random.nextInt(20) == 0 ? 2 : 1;
        components.add(Component.builder("c" + i).image(Image.of("app:" + tag)).build());
      }
    }
    return AppSpec.builder().components(Keyed.copyOf(components)).build();
  }

  @Example
  void of_anEqualLargeSpec_sharesTheCollectionAsAWhole() {
    AppSpec earlier = large(new Random(1), 3000);

    assertThat(Sharing.of(large(new Random(1), 3000), earlier).components())
        .isSameAs(earlier.components());
  }

  @Example
  void of_anEqualSpec_sharesTheCollectionAsAWhole() {
    AppSpec earlier = spec("1");

    assertThat(Sharing.of(spec("1"), earlier).components()).isSameAs(earlier.components());
  }

  @Example
  void of_aChangedComponent_sharesEverythingElseInIt() {
    AppSpec earlier = spec("1");

    AppSpec shared = Sharing.of(spec("2"), earlier);

    Component before = earlier.components().get(0);
    Component after = shared.components().get(0);
    assertThat(after.ports()).isSameAs(before.ports());
    assertThat(after.name()).isSameAs(before.name());
    assertThat(after.env().get(0)).isSameAs(before.env().get(0));
    assertThat(after.env().get(1).value().reveal()).isEqualTo("2");
  }

  private static AppSpec spec(String value) {
    Component component = Component.builder("web")
        .name(String.join(" ", "the", "web"))
        .env(Keyed.of(env("A", "same"), env("B", value)))
        .build();
    return AppSpec.builder().components(Keyed.of(component)).build();
  }

  private static EnvVar env(String name, String value) {
    return new EnvVar(name, Setting.plain(value), "", true, 0);
  }

  @Example
  void of_aChangedSpec_sharesWhatTheAppHas() {
    AppSpec earlier = items("1", "same");

    AppSpec shared = Sharing.of(items("2", "same"), earlier);

    assertThat(shared.configItems().get(1)).isSameAs(earlier.configItems().get(1));
    assertThat(shared.configGroups()).isSameAs(earlier.configGroups());
    assertThat(shared).isEqualTo(items("2", "same"));
  }

  private static AppSpec items(String one, String two) {
    return AppSpec.builder()
        .configGroups(Keyed.of(new ConfigGroup("common", "env", true)))
        .configItems(Keyed.of(
            new ConfigItem("common", "A", Setting.plain(one)),
            new ConfigItem("common", "B", Setting.plain(two))))
        .build();
  }
}
