// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.app.AppState;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordHistory;
import java.util.List;
import java.util.stream.Collectors;

/** Plans to go back: to before an operation, to a revision, or to earlier builds of components. */
final class RollbackPlanner {

  private RollbackPlanner() {}

  static PlannedOperation plan(Draft draft, RollbackRequest request) {
    AppState state = draft.input().state().orElse(null);
    if (state == null) {
      return draft.refuseAbsent();
    }
    if (request.target() instanceof RollbackTarget.ToBuilds builds) {
      return state.installed() ? BuildRollback.plan(draft, state, builds) : draft.refuseAbsent();
    }
    AppState earlier = draft.input().earlier().orElse(null);
    long generation = generation(request.target());
    draft.versions(state.version(), earlier == null ? null : earlier.version());
    checkNewer(draft, request, state);
    if (generation > state.generation()) {
      draft.obstacle(
          "revision-unknown",
          "generation " + generation,
          "Cannot roll back " + state.app() + " to generation " + generation + ": it is at "
              + state.generation() + ", that revision is yet to come",
          "choose an earlier one");
      return draft.finish(null);
    }
    if (earlier == null || earlier.generation() != generation) {
      draft.obstacle(
          "revision-unknown",
          "generation " + generation,
          "Cannot roll back " + state.app() + " to generation " + generation
              + ": that revision is not kept",
          "choose a later one");
      return draft.finish(null);
    }
    if (!earlier.installed()) {
      draft.obstacle(
          "revision-uninstalled",
          "generation " + generation,
          "Cannot roll back " + state.app() + " to generation " + generation
              + ": the app was not there then",
          "uninstall it");
      return draft.finish(null);
    }
    return new RevisionRollback(draft, request, state, earlier).plan();
  }

  /** Tells whether a record is of an earlier attempt at the same. */
  private static boolean isSameRollback(OperationRecord record, RollbackTarget target) {
    return record.kind() == OperationKind.ROLLBACK
        && target instanceof RollbackTarget.BeforeRecord before
        && record.parent().filter(before.record()::equals).isPresent();
  }

  private static long generation(RollbackTarget target) {
    if (target instanceof RollbackTarget.BeforeRecord before) {
      return before.generation();
    }
    return target instanceof RollbackTarget.ToRevision revision ? revision.generation() : 0;
  }

  /**
   * Looks for operations newer than the one taken back. Edits among them are dealt with one by one,
   * and those that were rolled back since are over; going back over anything else has to be asked
   * for, or, with an explicit revision, is said.
   */
  private static void checkNewer(Draft draft, RollbackRequest request, AppState state) {
    List<OperationRecord> records = RecordHistory.inEffect(draft.input().laterRecords()).stream()
        .filter(record -> record.kind() != OperationKind.EDIT)
        .filter(record -> !isSameRollback(record, request.target()))
        .toList();
    long after =
        draft.input().after().map(AppState::generation).orElse(generation(request.target()) + 1);
    boolean unexplained = draft.input().laterRecords().isEmpty() && state.generation() > after;
    if (records.isEmpty() && !unexplained) {
      return;
    }
    String what = unexplained
        ? "generations " + (after + 1) + " to " + state.generation()
        : records.stream()
            .map(record ->
                record.id() + " (" + record.kind().toString().toLowerCase(java.util.Locale.ROOT)
                    + ", generation " + record.resultGeneration() + ")")
            .collect(Collectors.joining(", "));
    if (request.target() instanceof RollbackTarget.BeforeRecord before && !request.acceptOlder()) {
      draft.obstacle(
          "newer-operations",
          before.record().value(),
          "Cannot roll back " + before.record() + ": newer operations would be undone with it: "
              + what,
          "roll back the newer ones first, or accept that they are undone");
    } else {
      draft.warning("newer-operations", "generation " + (after + 1), "This also undoes " + what);
    }
  }
}
