// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.Change;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.FollowUp;
import dev.switchback.testkit.arbitraries.SpecTriple;
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
    assertThat(left).isEqualTo(kept);
  }
}
