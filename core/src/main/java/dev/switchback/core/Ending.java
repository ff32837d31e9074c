// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says how an operation ended, from what became of its steps.
 *
 * @param status how the record is closed
 * @param next the state of the app from now on; null if it stays as it is
 * @param builds what the histories of components get
 * @param message why it failed; empty if it did not
 */
record Ending(RecordStatus status, @Nullable AppState next, List<Build> builds, String message) {

  /**
   * Finds the end.
   *
   * @param why why not all was done, as far as it is about no step: empty if it is
   * @param cancelled whether it was given up on request
   */
  static Ending of(
      Site site,
      OperationLog log,
      @Nullable AppState before,
      List<StepRun> steps,
      String why,
      boolean cancelled) {
    OperationRecord record = log.record();
    boolean all = steps.stream().allMatch(StepRun::isDone);
    boolean asBefore = !all && steps.stream().noneMatch(step -> step.isDone() || step.isHalfDone());
    AppState next = PartialState.of(before, log.wanted(), steps).toBuilder()
        .record(record.id())
        .build();
    boolean changes = log.wanted().generation() != record.baseGeneration();
    boolean nothingThere = before == null && next.spec().components().isEmpty();
    boolean swaps = changes && (all || !(asBefore || nothingThere));
    return new Ending(
        status(record.kind(), steps, all, asBefore, cancelled),
        swaps ? next : null,
        swaps ? BuildHistory.brought(site, before, next) : List.of(),
        message(steps, all ? "" : why));
  }

  private static RecordStatus status(
      OperationKind kind, List<StepRun> steps, boolean all, boolean asBefore, boolean cancelled) {
    boolean rollback = kind == OperationKind.ROLLBACK;
    if (all) {
      return rollback ? RecordStatus.ROLLED_BACK : RecordStatus.SUCCEEDED;
    }
    if (asBefore && steps.stream().anyMatch(step -> step.outcome == Outcome.UNDONE)) {
      return RecordStatus.UNDONE;
    }
    if (asBefore) {
      return cancelled ? RecordStatus.CANCELLED : RecordStatus.DEPLOY_FAILED;
    }
    if (steps.stream().anyMatch(StepRun::isDone)) {
      return rollback ? RecordStatus.PARTLY_ROLLED_BACK : RecordStatus.PARTLY_SUCCEEDED;
    }
    return rollback ? RecordStatus.ROLLBACK_FAILED : RecordStatus.FAILED;
  }

  private static String message(List<StepRun> steps, String why) {
    String failures = steps.stream()
        .filter(
            step -> step.isFailed() || (step.outcome == Outcome.UNDONE && !step.message.isEmpty()))
        .map(step -> step.subject() + ": " + step.message)
        .collect(Collectors.joining("; "));
    return why.isEmpty() || failures.isEmpty() ? why + failures : why + "; " + failures;
  }
}
