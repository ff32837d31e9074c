// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.Change;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.testkit.arbitraries.SpecTriple;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class RollbackLaws {

  @Provide
  Arbitrary<SpecTriple> triples() {
    return PlanLaws.specs();
  }

  @Provide
  Arbitrary<Policy> policies() {
    return PlanLaws.presets();
  }

  @Property
  void upgradeThenRollback_anyPolicy_differsOnlyWherePlansSay(
      @ForAll("triples") SpecTriple triple, @ForAll("policies") Policy policy) {
    AppState start = PlanLaws.state(triple.base(), triple.recorded());
    UpgradeRequest.Builder request = UpgradeRequest.builder(Site.ref("2.0")).policy(policy);
    PlanLaws.upgrade(start, "2.0", triple.target(), policy)
        .plan()
        .decisions(Verdict.CONFLICT)
        .forEach(each -> request.decide(each.place(), Choice.TAKE_VENDOR));
    AppState upgraded = Planner.plan(
            PlanInput.builder(Site.APP)
                .state(start)
                .target(PlanLaws.version("2.0", triple.target()))
                .build(),
            request.build())
        .wanted();

    PlannedOperation back = Planner.plan(
        PlanInput.builder(Site.APP)
            .state(upgraded)
            .earlier(start)
            .after(upgraded)
            .build(),
        RollbackRequest.revision(3).recreateRemoved(true).removeAdded(true).build());

    assertThat(back.plan().obstacles()).isEmpty();
    TreeSet<Place> left = new TreeSet<>();
    for (Change change : Diff.between(back.wanted().spec(), start.spec()).changes()) {
      left.add(change.place());
    }
    TreeSet<Place> said = new TreeSet<>();
    for (FollowUp each : back.plan().followUps()) {
      said.add(
          new Place(PropertyKind.find(each.kind()).orElseThrow(), each.component(), each.item()));
    }
    assertThat(left).isEqualTo(said);
    assertThat(said)
        .allMatch(place ->
            place.property() == PropertyKind.VOLUME || place.property() == PropertyKind.DISK);
    assertThat(back.wanted().base()).isEqualTo(start.base());
    assertThat(back.wanted().version()).isEqualTo(start.version());
    assertThat(back.wanted().origins()).isEqualTo(start.origins());
  }

  @Property
  void upgradeThenRollback_byDefault_differsOnlyWherePlanSays(
      @ForAll("triples") SpecTriple triple) {
    AppState start = PlanLaws.state(triple.base(), triple.recorded());
    AppState upgraded =
        PlanLaws.upgrade(start, "2.0", triple.target(), Policy.exact()).wanted();
    if (upgraded.equals(start)) {
      return;
    }

    PlannedOperation back = Planner.plan(
        PlanInput.builder(Site.APP)
            .state(upgraded)
            .earlier(start)
            .after(upgraded)
            .build(),
        RollbackRequest.revision(3).build());

    TreeSet<Place> left = new TreeSet<>();
    for (Change change : Diff.between(back.wanted().spec(), start.spec()).changes()) {
      left.add(change.place());
    }
    TreeSet<Place> kept = new TreeSet<>();
    back.plan().decisions(Verdict.KEEP).forEach(decision -> kept.add(decision.place()));
    assertThat(left).isEqualTo(kept).isEqualTo(followUps(back));
  }

  /** An app that was upgraded from the base to the target, and then edited as the triple says. */
  private record Edited(AppState before, AppState after, AppState now) {

    static Edited of(SpecTriple triple) {
      AppState before = PlanLaws.state(triple.base(), triple.base());
      AppState after =
          PlanLaws.upgrade(before, "2.0", triple.target(), Policy.exact()).wanted();
      AppState edited = PlanLaws.state(triple.base(), triple.recorded());
      UpgradeRequest.Builder merge = UpgradeRequest.builder(Site.ref("2.0")).policy(Policy.merge());
      PlanLaws.upgrade(edited, "2.0", triple.target(), Policy.merge())
          .plan()
          .decisions(Verdict.CONFLICT)
          .forEach(each -> merge.decide(each.place(), Choice.KEEP_MINE));
      AppSpec both = Planner.plan(
              PlanInput.builder(Site.APP)
                  .state(edited)
                  .target(PlanLaws.version("2.0", triple.target()))
                  .build(),
              merge.build())
          .wanted()
          .spec();
      return new Edited(
          before,
          after,
          after.toBuilder().spec(both).generation(after.generation() + 1).build());
    }

    PlannedOperation rollback(OperatorEdits edits) {
      OperationRecord edit = OperationRecord.builder(
              new RecordId("edit"), Site.APP, OperationKind.EDIT)
          .baseGeneration(after.generation())
          .resultGeneration(now.generation())
          .build();
      return Planner.plan(
          PlanInput.builder(Site.APP)
              .state(now)
              .earlier(before)
              .after(after)
              .laterRecords(List.of(edit))
              .build(),
          RollbackRequest.revision(before.generation())
              .recreateRemoved(true)
              .removeAdded(true)
              .operatorEdits(edits)
              .build());
    }
  }

  private static Set<Place> places(AppSpec from, AppSpec to) {
    TreeSet<Place> places = new TreeSet<>();
    Diff.between(from, to).changes().forEach(change -> places.add(change.place()));
    return places;
  }

  private static Set<Place> followUps(PlannedOperation planned) {
    TreeSet<Place> places = new TreeSet<>();
    for (FollowUp each : planned.plan().followUps()) {
      places.add(
          new Place(PropertyKind.find(each.kind()).orElseThrow(), each.component(), each.item()));
    }
    return places;
  }

  /** Returns the places touched that are not known, neither alone nor with their component. */
  private static Set<Place> unaccounted(Set<Place> touched, Set<Place> known) {
    TreeSet<Place> left = new TreeSet<>(touched);
    left.removeAll(known);
    left.removeIf(
        place -> place.component().map(Place::of).filter(known::contains).isPresent());
    return left;
  }

  @Property
  void rollbackAfterEdits_keepingThem_takesBackTheRest(@ForAll("triples") SpecTriple triple) {
    Edited app = Edited.of(triple);

    PlannedOperation back = app.rollback(OperatorEdits.KEEP);

    assertThat(back.plan().obstacles()).isEmpty();
    AppSpec result = back.wanted().spec();
    Set<Place> changed = places(app.now().spec(), result);
    changed.removeIf(place -> Owners.pointsToComponent(place.property())); // may go with theirs
    assertThat(unaccounted(changed, places(app.before().spec(), app.after().spec())))
        .isEmpty();
    Set<Place> left = places(result, app.before().spec());
    left.removeAll(followUps(back));
    assertThat(unaccounted(left, places(app.after().spec(), app.now().spec()))).isEmpty();
  }

  @Property
  void rollbackAfterEdits_overwritingThem_leavesFollowUpsOnly(
      @ForAll("triples") SpecTriple triple) {
    Edited app = Edited.of(triple);

    PlannedOperation back = app.rollback(OperatorEdits.OVERWRITE);

    assertThat(places(back.wanted().spec(), app.before().spec())).isEqualTo(followUps(back));
  }

  @Property
  void rollbackAfterEdits_asking_isRefusedExactlyIfTheAnswerMatters(
      @ForAll("triples") SpecTriple triple) {
    Edited app = Edited.of(triple);
    AppSpec kept = app.rollback(OperatorEdits.KEEP).wanted().spec();
    AppSpec overwritten = app.rollback(OperatorEdits.OVERWRITE).wanted().spec();

    Plan asking = app.rollback(OperatorEdits.ASK).plan();

    assertThat(asking.isExecutable())
        .as(() -> PlanTable.text(asking))
        .isEqualTo(kept.equals(overwritten));
  }
}
