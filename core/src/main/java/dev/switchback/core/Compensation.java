// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what an operation did, last step first.
 *
 * <p>Only steps that the journal shows were begun are taken back, and only a component that this
 * operation created is removed.
 */
final class Compensation {

  /** Tells somebody of a step that was taken back, or was not. */
  interface Teller {
    void tell(ProgressEvent.Kind kind, @Nullable StepRun step, String message);
  }

  private final Site site;
  private final LeaseKeeper lease;
  private final ExecutionOptions options;
  private final Journal journal;
  private final @Nullable AppState before;
  private final AppState wanted;
  private final List<StepRun> steps;
  private final Teller teller;

  Compensation(
      Site site,
      LeaseKeeper lease,
      ExecutionOptions options,
      Journal journal,
      @Nullable AppState before,
      AppState wanted,
      List<StepRun> steps,
      Teller teller) {
    this.site = site;
    this.lease = lease;
    this.options = options;
    this.journal = journal;
    this.before = before;
    this.wanted = wanted;
    this.steps = steps;
    this.teller = teller;
  }

  /** Returns the id of the step that takes {@code step} back. */
  static StepId undoId(StepId step) {
    return new StepId(step.value() + "-undo");
  }

  void undo() {
    List<StepRun> begun = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      StepRun step = steps.get(i);
      if (step.touched && step.action != StepAction.NOTHING) {
        begun.add(step);
      }
    }
    for (StepRun step : begun) {
      takeBack(step);
    }
  }

  private void takeBack(StepRun step) {
    StepId id = undoId(step.id);
    StepAction action = opposite(step);
    if (journal.last(id).map(entry -> entry.phase() == Phase.UNDONE).orElse(false)) {
      step.end(Outcome.UNDONE, step.message);
      return;
    }
    if (journal.last(id).isEmpty()) {
      journal.add(Phase.INTENT, id, action, step.component, "");
      journal.write(lease.current());
    }
    lease.keep();
    Optional<String> problem = ask(step, id, action);
    journal.add(
        problem.isEmpty() ? Phase.UNDONE : Phase.FAILED,
        id,
        action,
        step.component,
        problem.orElse(""));
    journal.write(lease.current());
    if (problem.isEmpty()) {
      step.end(Outcome.UNDONE, step.message);
      teller.tell(ProgressEvent.Kind.STEP_UNDONE, step, "");
    } else {
      step.end(
          Outcome.FAILED,
          (step.message.isEmpty() ? "" : step.message + "; ") + "it could not be taken back: "
              + problem.get());
      teller.tell(ProgressEvent.Kind.STEP_FAILED, step, step.message);
    }
  }

  private StepAction opposite(StepRun step) {
    return switch (step.action) {
      case CREATE -> StepAction.REMOVE;
      case REMOVE -> StepAction.CREATE;
      case NOTHING, UPDATE, BUILD, SHARED -> step.action;
    };
  }

  /** Returns why it could not be taken back; empty if it was. */
  private Optional<String> ask(StepRun step, StepId id, StepAction action) {
    DeploymentBackend backend = site.deployment();
    AppTarget target = before == null
        ? new AppTarget(wanted.app(), wanted.generation(), AppSpec.empty())
        : new AppTarget(before.app(), before.generation(), before.spec());
    try {
      if (step.component == null) {
        backend.applyShared(id, target);
        return Optional.empty();
      }
      if (action == StepAction.REMOVE) {
        backend.remove(id, wanted.app(), step.component);
      } else {
        backend.apply(id, new ComponentTarget(target, step.component, action));
      }
    } catch (RuntimeException e) {
      return Optional.of(BackendFailure.words(e));
    }
    ComponentKey key = step.component;
    HealthGate.Verdict verdict = new HealthGate(site, options)
        .await(
            wanted.app(),
            Map.of(key, id),
            action == StepAction.REMOVE ? List.of(key) : List.of(),
            lease::keep)
        .get(key);
    return verdict == null || verdict.healthy() ? Optional.empty() : Optional.of(verdict.message());
  }
}
