// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes back what an operation did, last wave first.
 *
 * <p>Only steps that the journal shows were begun are taken back, and only a component that this
 * operation created is removed.
 */
final class Compensation {

  private final OperationLog log;
  private final Progress progress;
  private final Consumer<List<StepRun>> runner;

  /**
   * Makes one.
   *
   * @param runner runs steps back to what was before, and returns when all of them have ended
   */
  Compensation(OperationLog log, Progress progress, Consumer<List<StepRun>> runner) {
    this.log = log;
    this.progress = progress;
    this.runner = runner;
  }

  /** Returns the id of the step that takes {@code step} back. */
  static StepId undoId(StepId step) {
    return new StepId(step.value() + "-undo");
  }

  void undo(List<List<StepRun>> waves) {
    for (int i = waves.size() - 1; i >= 0; i--) {
      undoWave(waves.get(i));
    }
  }

  private void undoWave(List<StepRun> wave) {
    Map<StepRun, StepRun> undone = new LinkedHashMap<>();
    for (StepRun step : wave) {
      if (step.touched && step.action != StepAction.NOTHING) {
        StepRun undo = new StepRun(undoId(step.id), opposite(step.action), step.component);
        Optional<JournalEntry> last = log.last(undo.id);
        if (last.filter(entry -> entry.phase() == Phase.UNDONE).isPresent()) {
          step.end(Outcome.UNDONE, step.message);
          continue;
        }
        if (last.isEmpty()) {
          log.add(Phase.INTENT, undo);
        }
        undo.touched = last.isPresent();
        undone.put(undo, step);
      }
    }
    if (!undone.isEmpty()) {
      log.write();
      runner.accept(new ArrayList<>(undone.keySet()));
      undone.forEach(this::settle);
    }
  }

  private void settle(StepRun undo, StepRun step) {
    log.add(undo.isDone() ? Phase.UNDONE : Phase.FAILED, undo);
    if (undo.isDone()) {
      step.end(Outcome.UNDONE, step.message);
      progress.tell(ProgressEvent.Kind.STEP_UNDONE, log.record(), step, "");
    } else {
      step.end(
          Outcome.FAILED,
          (step.message.isEmpty() ? "" : step.message + "; ") + "it could not be taken back: "
              + undo.message);
      List<String> evidence = new ArrayList<>(step.evidence);
      evidence.addAll(undo.evidence);
      step.evidence = evidence;
      progress.tell(ProgressEvent.Kind.STEP_FAILED, log.record(), step, step.message);
    }
  }

  private static StepAction opposite(StepAction action) {
    return switch (action) {
      case CREATE -> StepAction.REMOVE;
      case REMOVE -> StepAction.CREATE;
      case SHARED -> StepAction.UNSHARE; // takes away what it added, when no component uses it
      case UNSHARE -> StepAction.SHARED;
      case NOTHING, UPDATE, BUILD -> action;
    };
  }
}
