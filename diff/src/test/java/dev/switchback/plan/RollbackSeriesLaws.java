// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.testkit.arbitraries.SpecTriple;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An app goes through several operations, and nobody edits it: nothing in it is the operator's. */
final class RollbackSeriesLaws {

  @Provide
  Arbitrary<SpecTriple> triples() {
    return PlanLaws.specs()
        .filter(triple -> PlanLaws.isDrawn(triple.base())
            && PlanLaws.isDrawn(triple.recorded())
            && PlanLaws.isDrawn(triple.target()));
  }

  @Provide
  Arbitrary<Policy> policies() {
    return PlanLaws.presets();
  }

  private static AppState upgrade(AppState state, String version, AppSpec target, Policy policy) {
    AppState wanted = PlanLaws.upgrade(state, version, target, policy).wanted();
    return wanted.toBuilder().generation(state.generation() + 1).build();
  }

  private static PlannedOperation rollback(
      AppState to, AppState after, AppState now, boolean complete, OperationRecord... later) {
    return Planner.plan(
        PlanInput.builder(Site.APP)
            .state(now)
            .earlier(to)
            .after(after)
            .laterRecords(List.of(later))
            .build(),
        RollbackRequest.revision(to.generation())
            .recreateRemoved(complete)
            .removeAdded(complete)
            .build());
  }

  private static OperationRecord.Builder record(String id, OperationKind kind, AppState result) {
    return OperationRecord.builder(new RecordId(id), Site.APP, kind)
        .baseGeneration(result.generation() - 1)
        .resultGeneration(result.generation());
  }

  private static void assertIsBackButForFollowUps(PlannedOperation back, AppState earlier) {
    assertThat(back.plan().obstacles()).isEmpty();
    TreeSet<Place> left = new TreeSet<>();
    for (Change change : Diff.between(back.wanted().spec(), earlier.spec()).changes()) {
      left.add(change.place());
    }
    TreeSet<Place> said = new TreeSet<>();
    for (FollowUp each : back.plan().followUps()) {
      said.add(
          new Place(PropertyKind.find(each.kind()).orElseThrow(), each.component(), each.item()));
    }
    assertThat(left).isEqualTo(said);
    assertThat(back.plan().decisions())
        .allSatisfy(decision -> assertThat(decision.changedBy()).isEqualTo(ChangedBy.VENDOR));
  }

  @Property
  void rollbackOverThreeUpgrades_differsOnlyWhereThePlanSays(
      @ForAll("triples") SpecTriple triple,
      @ForAll("policies") Policy first,
      @ForAll("policies") Policy second,
      @ForAll("policies") Policy third,
      @ForAll boolean complete) {
    AppState start = PlanLaws.state(triple.base(), triple.base());
    AppState after = upgrade(start, "2.0", triple.recorded(), first);
    AppState between = upgrade(after, "3.0", triple.target(), second);
    AppState upgraded = upgrade(between, "4.0", triple.base(), third);
    // An edit of nothing: without any it is plain that all was done by the upgrades.
    AppState now = upgraded.toBuilder().generation(upgraded.generation() + 1).build();

    PlannedOperation back = rollback(
        start,
        after,
        now,
        complete,
        record("3", OperationKind.UPGRADE, between).build(),
        record("4", OperationKind.UPGRADE, upgraded).build(),
        record("5", OperationKind.EDIT, now).build());

    assertIsBackButForFollowUps(back, start);
  }

  @Property
  void rollbackAfterRollback_differsOnlyWhereThePlanSays(
      @ForAll("triples") SpecTriple triple,
      @ForAll("policies") Policy first,
      @ForAll("policies") Policy second,
      @ForAll boolean firstComplete,
      @ForAll boolean complete) {
    AppState start = PlanLaws.state(triple.base(), triple.base());
    AppState after = upgrade(start, "2.0", triple.recorded(), first);
    AppState between = upgrade(after, "3.0", triple.target(), second);
    AppState now = rollback(after, between, between, firstComplete).wanted().toBuilder()
        .generation(between.generation() + 1)
        .build();

    OperationRecord later = record("3", OperationKind.UPGRADE, between).build();
    PlannedOperation back = rollback(
        start,
        after,
        now,
        complete,
        later,
        record("4", OperationKind.ROLLBACK, now)
            .status(RecordStatus.ROLLED_BACK)
            .parent(later.id())
            .build());

    assertIsBackButForFollowUps(back, start);
  }

  @Property
  void rollbackThenMerge_givesTheLaterTarget(
      @ForAll("triples") SpecTriple triple,
      @ForAll("policies") Policy policy,
      @ForAll boolean complete) {
    AppState start = PlanLaws.state(triple.base(), triple.base());
    AppState after = upgrade(start, "2.0", triple.recorded(), policy);
    AppState back = rollback(start, after, after, complete).wanted().toBuilder()
        .generation(after.generation() + 1)
        .build();

    PlannedOperation merged = PlanLaws.upgrade(back, "3.0", triple.target(), Policy.merge());

    assertThat(merged.plan().obstacles()).isEmpty();
    assertThat(Diff.between(merged.wanted().spec(), triple.target()).changes()).isEmpty();
  }
}
