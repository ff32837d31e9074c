// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.Diff;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.testkit.arbitraries.SpecPair;
import dev.switchback.testkit.arbitraries.Specs;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever runs, both ways of ending drift end it. */
final class DriftLaws {

  @Provide
  Arbitrary<SpecPair> pairs() {
    return Specs.specPair();
  }

  @Property
  void adopt_anything_recordsItWithoutAStep(@ForAll("pairs") SpecPair pair) {
    AppState state = PlanLaws.state(pair.older(), pair.older());
    Keyed<Component> running = pair.newer().components();

    PlannedOperation planned = plan(state, running, DriftRequest.Way.ADOPT);

    assertThat(planned.plan().steps()).isEmpty();
    assertThat(planned.plan().obstacles()).isEmpty();
    assertThat(planned.wanted().spec().components()).isEqualTo(running);
    assertThat(planned.plan().isEmpty()).isEqualTo(running.equals(state.spec().components()));
    assertThat(plan(planned.wanted(), running, DriftRequest.Way.ADOPT).plan().isEmpty())
        .isTrue();
  }

  @Property
  void correct_anything_asksForWhatDriftedAndRecordsNothingElse(@ForAll("pairs") SpecPair pair) {
    AppState state = PlanLaws.state(pair.older(), pair.older());
    Keyed<Component> running = pair.newer().components();
    Set<ComponentKey> drifted = new TreeSet<>();
    Set<ComponentKey> unknown = new TreeSet<>();
    for (Change change : drift(state, running)) {
      boolean unrecorded =
          change.property() == PropertyKind.COMPONENT && change.type() == ChangeType.ADDED;
      change.component().ifPresent((unrecorded ? unknown : drifted)::add);
    }

    Plan plan = plan(state, running, DriftRequest.Way.CORRECT).plan();

    assertThat(components(plan)).containsAll(drifted);
    assertThat(Collections.disjoint(components(plan), unknown)).isTrue();
    assertThat(plan.steps()).extracting(Step::action).doesNotContain(StepAction.REMOVE);
    assertThat(plan.followUps()).hasSize(unknown.size());
    PlannedOperation removing = plan(state, running, DriftRequest.Way.CORRECT_AND_REMOVE);
    assertThat(components(removing.plan())).containsAll(drifted).containsAll(unknown);
    assertThat(removing.wanted().spec()).isEqualTo(state.spec());
    assertThat(removing.plan().isEmpty()).isEqualTo(drifted.isEmpty() && unknown.isEmpty());
  }

  private static List<Change> drift(AppState state, Keyed<Component> running) {
    AppSpec seen = state.spec().toBuilder().components(running).build();
    return Diff.between(state.spec(), seen).changes();
  }

  private static Set<ComponentKey> components(Plan plan) {
    Set<ComponentKey> components = new TreeSet<>();
    for (Step step : plan.steps()) {
      ComponentKey component = step.component();
      if (component != null) {
        components.add(component);
      }
    }
    return components;
  }

  private static PlannedOperation plan(
      AppState state, Keyed<Component> running, DriftRequest.Way way) {
    return Planner.plan(
        PlanInput.builder(Site.APP)
            .state(state)
            .stateDigest(Digest.of("state"))
            .running(running)
            .build(),
        new DriftRequest(way));
  }
}
