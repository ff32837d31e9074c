// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.testkit.arbitraries.SpecPair;
import dev.switchback.testkit.arbitraries.Specs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class DiffLaws {

  @Provide
  Arbitrary<AppSpec> specs() {
    return Specs.appSpec();
  }

  @Provide
  Arbitrary<SpecPair> pairs() {
    return Specs.specPair();
  }

  @Property
  void between_aSpecAndAnEqualOne_isEmpty(@ForAll("specs") AppSpec spec) {
    assertThat(Diff.between(spec, rebuilt(spec, new Random(0)))).matches(Diff::isEmpty);
    assertThat(Diff.between(spec, spec)).matches(Diff::isEmpty);
  }

  @Property
  void applyTo_whereItStartsFrom_leadsToWhereItWasMadeTo(@ForAll("pairs") SpecPair pair) {
    Diff diff = Diff.between(pair.older(), pair.newer());

    assertThat(diff.applyTo(pair.older())).isEqualTo(pair.newer());
    assertThat(diff.inverse().applyTo(pair.newer())).isEqualTo(pair.older());
    assertThat(diff.isEmpty()).isEqualTo(pair.older().equals(pair.newer()));
  }

  @Property
  void applyTo_betweenUnrelatedSpecs_leadsThereToo(
      @ForAll("specs") AppSpec from, @ForAll("specs") AppSpec to) {
    assertThat(Diff.between(from, to).applyTo(from)).isEqualTo(to);
  }

  @Property
  void inverse_isTheDiffTheOtherWayRound_andItsOwnInverse(@ForAll("pairs") SpecPair pair) {
    Diff diff = Diff.between(pair.older(), pair.newer());

    assertThat(diff.inverse()).isEqualTo(Diff.between(pair.newer(), pair.older()));
    assertThat(diff.inverse().inverse()).isEqualTo(diff);
  }

  @Property
  void changes_areInTheOrderOfTheirPlaces_andOnePerPlace(@ForAll("pairs") SpecPair pair) {
    List<Place> places = Diff.between(pair.older(), pair.newer()).changes().stream()
        .map(Change::place)
        .toList();

    assertThat(places).isSorted().doesNotHaveDuplicates();
  }

  @Property
  void texts_ofShuffledInput_areTheSame(@ForAll("pairs") SpecPair pair, @ForAll Random random) {
    Diff diff = Diff.between(pair.older(), pair.newer());
    Diff shuffled = Diff.between(rebuilt(pair.older(), random), rebuilt(pair.newer(), random));

    assertThat(shuffled).isEqualTo(diff).hasSameHashCodeAs(diff);
    assertThat(DiffTable.text(shuffled)).isEqualTo(DiffTable.text(diff));
    assertThat(DiffTable.markdown(shuffled)).isEqualTo(DiffTable.markdown(diff));
  }

  @Property
  void fields_ofEveryEdit_nameWhatDiffers(@ForAll("pairs") SpecPair pair) {
    for (Change change : Diff.between(pair.older(), pair.newer()).changes()) {
      if (change.type() == ChangeType.EDITED) {
        assertThat(change.fields()).as(change.toString()).isNotEmpty();
        assertThat(change.fields())
            .as(change.toString())
            .noneMatch(field -> field.before().equals(field.after()));
      }
    }
  }

  @Property
  void texts_neverShowASecret(@ForAll("pairs") SpecPair pair) {
    AppSpec older = withSecret(pair.older(), "s3cr3t-older");
    AppSpec newer = withSecret(pair.newer(), "s3cr3t-newer");
    Diff diff = Diff.between(older, newer);

    assertThat(DiffTable.text(diff)).doesNotContain("s3cr3t");
    assertThat(DiffTable.markdown(diff)).doesNotContain("s3cr3t");
    for (Change change : diff.changes()) {
      assertThat(change + change.before() + change.after() + change.fields())
          .doesNotContain("s3cr3t");
    }
    if (!older.components().isEmpty() && !newer.components().isEmpty()) {
      assertThat(diff.isEmpty()).isFalse();
    }
  }

  /** Makes every env value a secret. */
  private static AppSpec withSecret(AppSpec spec, String secret) {
    List<Component> components = new ArrayList<>();
    for (Component component : spec.components()) {
      components.add(component.toBuilder()
          .env(component.env().with(Fixtures.secret("SECRET", secret)))
          .endpoints(new dev.switchback.model.spec.Endpoints("static", Setting.secret(secret), ""))
          .build());
    }
    return spec.toBuilder().components(Keyed.copyOf(components)).build();
  }

  /** Makes an equal spec out of the same items, given in another order. */
  private static AppSpec rebuilt(AppSpec spec, Random random) {
    AppSpec.Builder app = AppSpec.builder();
    for (PropertyKind kind : PropertyKind.ofApp()) {
      kind.ofAppSlot().put(app, shuffled(kind.items(spec), random));
    }
    List<Component> components = new ArrayList<>();
    for (Component component : spec.components()) {
      Component.Builder copy = Component.builder(component.id());
      for (PropertyKind kind : PropertyKind.ofComponent()) {
        kind.ofComponentSlot().put(copy, shuffled(kind.items(component), random));
      }
      components.add(copy.build());
    }
    Collections.shuffle(components, random);
    return app.components(Keyed.copyOf(components)).build();
  }

  private static List<Keyed.Item> shuffled(Keyed<? extends Keyed.Item> items, Random random) {
    List<Keyed.Item> result = new ArrayList<>(items.asList());
    Collections.shuffle(result, random);
    return result;
  }
}
