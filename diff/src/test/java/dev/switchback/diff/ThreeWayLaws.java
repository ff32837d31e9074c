// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.spec.AppSpec;
import dev.switchback.testkit.arbitraries.SpecPair;
import dev.switchback.testkit.arbitraries.SpecTriple;
import dev.switchback.testkit.arbitraries.Specs;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ThreeWayLaws {

  @Provide
  Arbitrary<SpecPair> pairs() {
    return Specs.specPair();
  }

  @Provide
  Arbitrary<SpecTriple> triples() {
    return Specs.specTriple();
  }

  @Property
  void rows_withRecordedAsInstalled_areTheVendorsChanges(@ForAll("pairs") SpecPair pair) {
    ThreeWay rows = ThreeWay.of(pair.older(), pair.older(), pair.newer());

    assertThat(rows.rows()).allMatch(row -> row.changedBy() == ChangedBy.VENDOR);
    assertThat(rows.rows())
        .extracting(row -> row.pending().orElseThrow())
        .isEqualTo(Diff.between(pair.older(), pair.newer()).changes());
  }

  @Property
  void rows_withTargetAsInstalled_areTheOperatorsChanges(@ForAll("pairs") SpecPair pair) {
    ThreeWay rows = ThreeWay.of(pair.older(), pair.newer(), pair.older());

    assertThat(rows.rows()).allMatch(row -> row.changedBy() == ChangedBy.OPERATOR);
    assertThat(rows.rows())
        .extracting(row -> row.operatorChange().orElseThrow())
        .isEqualTo(Diff.between(pair.older(), pair.newer()).changes());
  }

  @Property
  void rows_whereBothAreAlike_leaveNothingPending(@ForAll("pairs") SpecPair pair) {
    ThreeWay rows = ThreeWay.of(pair.older(), pair.newer(), pair.newer());

    assertThat(rows.rows())
        .allMatch(
            row -> row.changedBy() == ChangedBy.BOTH_ALIKE && row.pending().isEmpty());
  }

  @Property
  void pending_ofAllRows_isTheDiffOfRecordedAndTarget(@ForAll("triples") SpecTriple triple) {
    List<ThreeWay.Row> rows = rows(triple);

    assertThat(rows.stream().flatMap(row -> row.pending().stream()))
        .isEqualTo(Diff.between(triple.recorded(), triple.target()).changes());
    assertThat(rows).extracting(ThreeWay.Row::place).isSorted().doesNotHaveDuplicates();
  }

  @Property
  void vendorAndOperatorChanges_areThoseFromTheBase(@ForAll("triples") SpecTriple triple) {
    Map<Place, ThreeWay.Row> rows =
        rows(triple).stream().collect(Collectors.toMap(ThreeWay.Row::place, Function.identity()));

    for (Change change : Diff.between(triple.base(), triple.target()).changes()) {
      ThreeWay.Row row = rows.get(change.place());
      if (row != null) {
        assertThat(row.vendorChange()).contains(change);
        assertThat(row.changedBy()).isNotEqualTo(ChangedBy.OPERATOR);
      } else {
        assertThat(change.component())
            .as("part of a component that one side does not have")
            .matches(key -> triple.recorded().component(key.orElseThrow()).isEmpty()
                || triple.base().component(key.orElseThrow()).isEmpty());
      }
    }
  }

  @Property
  void resolve_applyingEverything_givesTheTarget_keepingGivesTheRecorded(
      @ForAll("triples") SpecTriple triple) {
    assertThat(resolved(triple, Rule.apply())).isEqualTo(triple.target());
    assertThat(resolved(triple, Rule.keep())).isEqualTo(triple.recorded());
  }

  @Property
  void resolve_merging_takesTheOnlySideThatChanged(@ForAll("pairs") SpecPair pair) {
    AppSpec base = pair.older();
    AppSpec other = pair.newer();

    assertThat(resolved(new SpecTriple(base, base, other), Rule.merge())).isEqualTo(other);
    assertThat(resolved(new SpecTriple(base, other, base), Rule.merge())).isEqualTo(other);
    assertThat(resolved(new SpecTriple(base, other, other), Rule.merge())).isEqualTo(other);
  }

  @Property
  void resolve_ofAnyRow_accountsForEveryField(@ForAll("triples") SpecTriple triple) {
    for (ThreeWay.Row row : rows(triple)) {
      for (Preset preset : Preset.values()) {
        Rule rule = row.place().property().rule(preset);
        Resolution resolution = row.resolve(rule, key -> true);
        if (resolution.outcome() == Resolution.Outcome.CONFLICT) {
          assertThat(preset).isEqualTo(Preset.MERGE);
          assertThat(row.changedBy()).isEqualTo(ChangedBy.BOTH);
        }
        if (resolution.outcome() != Resolution.Outcome.APPLIED
            && resolution.applied().isEmpty()) {
          assertThat(resolution.item()).isEqualTo(row.recorded());
        }
        boolean edit =
            row.pending().filter(change -> change.type() == ChangeType.EDITED).isPresent();
        int accounted = resolution.applied().size()
            + resolution.kept().size()
            + resolution.conflicts().size();
        assertThat(accounted)
            .isEqualTo(edit ? row.pending().orElseThrow().fields().size() : 0);
      }
    }
  }

  private static List<ThreeWay.Row> rows(SpecTriple triple) {
    return ThreeWay.of(triple.base(), triple.recorded(), triple.target()).rows();
  }

  private static AppSpec resolved(SpecTriple triple, Rule rule) {
    SpecEditor editor = SpecEditor.of(triple.recorded());
    for (ThreeWay.Row row : rows(triple)) {
      row.resolve(rule, key -> true)
          .item()
          .ifPresentOrElse(item -> editor.put(row.place(), item), () -> editor.remove(row.place()));
    }
    return editor.finish();
  }
}
