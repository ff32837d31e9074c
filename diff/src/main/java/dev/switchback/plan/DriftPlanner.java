// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Diff;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans to end drift: by recording what runs, or by bringing back what is recorded. */
final class DriftPlanner {

  private DriftPlanner() {}

  static PlannedOperation plan(Draft draft, DriftRequest request) {
    AppState state = draft.installed();
    if (state == null) {
      return draft.refuseAbsent();
    }
    draft.versions(state.version(), state.version());
    Keyed<Component> running = draft.input().running().orElse(null);
    if (running == null) {
      draft.obstacle(
          "drift-unknown",
          state.app().value(),
          "Cannot end the drift of " + state.app() + ": its backend cannot tell what really runs",
          "");
      return draft.finish(null);
    }
    // Decisions are masked: the digest tells one secret that drifted from another.
    draft.plan().toDigest(draft.input().runningDigest().orElse(null));
    AppSpec seen = state.spec().toBuilder().components(running).build();
    draft.know(seen);
    return switch (request.way()) {
      case ADOPT -> adopt(draft, state, seen);
      case CORRECT, CORRECT_AND_REMOVE -> correct(draft, state, seen, request.way());
    };
  }

  private static PlannedOperation adopt(Draft draft, AppState state, AppSpec seen) {
    List<Change> changes = Diff.between(state.spec(), seen).changes();
    if (changes.isEmpty()) {
      return draft.finish(null);
    }
    changes.forEach(change ->
        draft.decide(change, Verdict.APPLY, "drift: recorded as it runs", ChangedBy.OPERATOR));
    SortedMap<ComponentKey, Origin> origins = new TreeMap<>(state.origins());
    origins.keySet().removeIf(key -> seen.component(key).isEmpty());
    Set<ComponentKey> unsettled = new TreeSet<>(state.unsettled());
    unsettled.removeIf(key -> seen.component(key).isEmpty());
    AppState wanted =
        state.toBuilder().spec(seen).origins(origins).unsettled(unsettled).build();
    return draft.finish(wanted, new StepMaker.Result(List.of(), List.of()));
  }

  private static PlannedOperation correct(
      Draft draft, AppState state, AppSpec seen, DriftRequest.Way way) {
    Keyed<Component> start = seen.components();
    for (Change change : Diff.between(seen, state.spec()).changes()) {
      boolean unknown =
          change.property() == PropertyKind.COMPONENT && change.type() == ChangeType.REMOVED;
      if (unknown && way == DriftRequest.Way.CORRECT) {
        start = start.without(change.component().orElseThrow().value());
        draft.decide(
            change,
            Verdict.KEEP,
            "drift: what is not recorded is not removed unasked",
            ChangedBy.OPERATOR);
        draft.followUp(
            change,
            what -> "Remove " + what + " by hand if nobody needs it, or adopt it: it runs and is"
                + " not recorded");
      } else {
        draft.decide(change, Verdict.APPLY, "drift: as recorded", ChangedBy.OPERATOR);
      }
    }
    AppSpec before = seen.toBuilder().components(start).build();
    StepMaker.Result steps =
        StepMaker.make(before, state.spec(), state.unsettled(), draft.input().maxParallel());
    return draft.finish(
        state.toBuilder().unsettled(Set.of()).build(),
        new StepMaker.Result(
            steps.waves().stream().map(DriftPlanner::applied).toList(), steps.warnings()));
  }

  /** What costs nothing to record still has to be asked of the backend to come back. */
  private static Wave applied(Wave wave) {
    return new Wave(wave.steps().stream()
        .map(step -> step.action() == StepAction.NOTHING
            ? new Step(StepAction.UPDATE, step.component(), step.reason())
            : step)
        .toList());
  }
}
