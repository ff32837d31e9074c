// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.testkit.arbitraries.Specs;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class MatchingLaws {

  @Provide
  Arbitrary<AppState> states() {
    return Specs.appState();
  }

  @Provide
  Arbitrary<AppSpec> specs() {
    return Specs.appSpec();
  }

  @Property
  void of_anything_isOneToOneAndComplete(
      @ForAll("states") AppState installed, @ForAll("specs") AppSpec target) {
    Matching matching = Matching.of(installed, target, Map.of());
    List<ComponentKey> matched =
        matching.pairs().values().stream().map(Matching.Pair::template).toList();

    assertThat(matched).doesNotHaveDuplicates();
    assertThat(matching.added()).noneMatch(matched::contains);
    assertThat(matching.gone()).noneMatch(key -> matching.templateKey(key).isPresent());
    if (matching.obstacles().isEmpty()) {
      assertThat(matched.size() + matching.added().size())
          .isEqualTo(target.components().size());
      assertThat(matched.size() + matching.gone().size())
          .isEqualTo(installed.spec().components().size());
    }
  }

  @Property
  void rekey_givesEveryComponentAKeyOfItsOwn(
      @ForAll("states") AppState installed, @ForAll("specs") AppSpec target) {
    Matching matching = Matching.of(installed, target, Map.of());
    AppSpec rekeyed = matching.rekey(target);

    assertThat(rekeyed.components()).hasSameSizeAs(target.components());
    matching
        .pairs()
        .values()
        .forEach(pair -> assertThat(rekeyed.component(pair.installed()).orElseThrow())
            .extracting(component -> component.image(), component -> component.env())
            .containsExactly(
                target.component(pair.template()).orElseThrow().image(),
                target.component(pair.template()).orElseThrow().env()));
    matching
        .added()
        .forEach(key -> assertThat(
                installed.spec().component(matching.installedKey(key).orElseThrow()))
            .isEmpty());
  }
}
