// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.AppTarget;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what an operation did, last wave first.
 *
 * <p>Only steps that the journal shows were begun are taken back, and only a component that this
 * operation created is removed.
 */
final class Compensation {

  private final OperationLog log;
  private final Progress progress;
  private final AppTarget target;
  private final BiConsumer<List<StepRun>, AppTarget> runner;

  /**
   * Makes one.
   *
   * @param runner runs steps towards a target, and returns when all of them have ended
   */
  Compensation(
      OperationLog log,
      Progress progress,
      @Nullable AppState before,
      BiConsumer<List<StepRun>, AppTarget> runner) {
    this.log = log;
    this.progress = progress;
    OperationRecord record = log.record();
    this.target = before == null
        ? new AppTarget(record.app(), log.wanted().generation(), AppSpec.empty())
        : new AppTarget(before.app(), before.generation(), before.spec());
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
      runner.accept(new ArrayList<>(undone.keySet()), target);
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
      case NOTHING, UPDATE, BUILD, SHARED -> action;
    };
  }
}
