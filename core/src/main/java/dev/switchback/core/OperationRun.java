// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.core.ExecutionOptions.OnFailure;
import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.plan.Step;
import dev.switchback.plan.Wave;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One operation under way: takes its waves in order, journals each step before and after it, waits
 * for health, and settles what the app's state has become.
 *
 * <p>The same code begins an operation and goes on with one that was cut short: steps that the journal
 * says are done are passed over, a step that was begun is asked for again under its id, which the
 * backend recognises.
 */
final class OperationRun {

  private final Site site;
  private final LeaseKeeper lease;
  private final ExecutionOptions options;
  private final @Nullable AppState before;
  private final AppState wanted;
  private final Journal journal;
  private final List<List<StepRun>> waves = new ArrayList<>();
  private final List<StepRun> steps = new ArrayList<>();
  private OperationRecord record;

  OperationRun(
      Site site,
      LeaseKeeper lease,
      ExecutionOptions options,
      OperationRecord record,
      @Nullable AppState before,
      AppState wanted,
      List<Wave> waves) {
    this.site = site;
    this.lease = lease;
    this.options = options;
    this.record = record;
    this.before = before;
    this.wanted = wanted;
    this.journal = Journal.open(site.storage().journals(), site.clock(), record.id());
    for (Wave wave : waves) {
      List<StepRun> runs = new ArrayList<>();
      for (Step step : wave.steps()) {
        StepRun run =
            new StepRun(StepId.of(record.id(), steps.size()), step.action(), step.component());
        journal.last(run.id).ifPresent(entry -> takeUp(run, entry));
        runs.add(run);
        steps.add(run);
      }
      this.waves.add(runs);
    }
  }

  private static void takeUp(StepRun run, JournalEntry entry) {
    run.touched = true;
    if (entry.phase() == Phase.DONE) {
      run.end(Outcome.DONE, entry.message());
    } else if (entry.phase() == Phase.FAILED) {
      run.end(Outcome.FAILED, entry.message());
    }
  }

  /** Runs the operation to its end and returns the closed record. */
  OperationRecord run() {
    emit(ProgressEvent.Kind.STARTED, null, "");
    boolean undo = wasBeingUndone();
    for (List<StepRun> wave : waves) {
      if (undo || (anyFailed() && options.onFailure() != OnFailure.CONTINUE)) {
        break;
      }
      runWave(wave);
    }
    if (undo || (anyFailed() && options.onFailure() == OnFailure.ROLL_BACK)) {
      new Compensation(site, lease, options, journal, before, wanted, steps, this::emit).undo();
    }
    return close();
  }

  private boolean wasBeingUndone() {
    return steps.stream()
        .anyMatch(step -> journal.last(Compensation.undoId(step.id)).isPresent());
  }

  private boolean anyFailed() {
    return steps.stream().anyMatch(StepRun::isFailed);
  }

  private void runWave(List<StepRun> wave) {
    lease.keep();
    List<StepRun> due = new ArrayList<>();
    Set<ComponentKey> blocked = blocked();
    for (StepRun step : wave) {
      boolean waitsForFailed = step.component != null && blocked.contains(step.component);
      if (step.outcome == Outcome.PENDING && !waitsForFailed) {
        if (journal.last(step.id).isEmpty()) {
          journal.add(Phase.INTENT, step.id, step.action, step.component, "");
        }
        due.add(step);
      }
    }
    journal.write(lease.current());
    Map<ComponentKey, StepId> awaited = new LinkedHashMap<>();
    List<ComponentKey> removed = new ArrayList<>();
    for (StepRun step : due) {
      emit(ProgressEvent.Kind.STEP_STARTED, step, "");
      lease.keep();
      ask(step);
      if (step.outcome == Outcome.PENDING && step.component != null) {
        awaited.put(step.component, step.id);
        if (step.action == StepAction.REMOVE) {
          removed.add(step.component);
        }
      }
    }
    Map<ComponentKey, HealthGate.Verdict> verdicts =
        new HealthGate(site, options).await(app(), awaited, removed, lease::keep);
    for (StepRun step : due) {
      if (step.outcome == Outcome.PENDING) {
        HealthGate.Verdict verdict = step.component == null ? null : verdicts.get(step.component);
        boolean good = verdict == null || verdict.healthy();
        step.end(good ? Outcome.DONE : Outcome.FAILED, verdict == null ? "" : verdict.message());
      }
      journal.add(
          step.isDone() ? Phase.DONE : Phase.FAILED,
          step.id,
          step.action,
          step.component,
          step.message);
    }
    journal.write(lease.current());
    for (StepRun step : due) {
      emit(
          step.isDone() ? ProgressEvent.Kind.STEP_DONE : ProgressEvent.Kind.STEP_FAILED,
          step,
          step.message);
    }
  }

  /** Returns the components that need, directly or not, one whose step failed. */
  private Set<ComponentKey> blocked() {
    Set<ComponentKey> blocked = steps.stream()
        .filter(step -> step.isFailed() && step.component != null)
        .map(step -> step.component)
        .collect(Collectors.toCollection(HashSet::new));
    boolean grew = !blocked.isEmpty();
    while (grew) {
      grew = false;
      for (var component : wanted.spec().components()) {
        grew |= component.dependencies().stream().anyMatch(d -> blocked.contains(d.provider()))
            && blocked.add(component.id());
      }
    }
    return blocked;
  }

  private void ask(StepRun step) {
    DeploymentBackend backend = site.deployment();
    AppTarget target = new AppTarget(app(), wanted.generation(), wanted.spec());
    try {
      step.touched = true;
      if (step.component == null) {
        backend.applyShared(step.id, target);
      } else if (step.action == StepAction.REMOVE) {
        backend.remove(step.id, app(), step.component);
      } else if (step.action != StepAction.NOTHING) {
        backend.apply(step.id, new ComponentTarget(target, step.component, step.action));
      }
      if (step.component == null || step.action == StepAction.NOTHING) {
        step.end(Outcome.DONE, "");
      }
    } catch (DeploymentException e) {
      step.touched = false;
      step.end(Outcome.FAILED, e.getMessage() == null ? e.code() : e.getMessage());
    } catch (RuntimeException e) {
      // A lost answer, or a backend that broke: it may or may not have been done. Of a component,
      // the
      // look at its health will tell.
      if (step.component == null) {
        step.end(Outcome.FAILED, "it may or may not have been done: " + BackendFailure.words(e));
      }
    }
  }

  /**
   * Settles the app's state and closes the record.
   *
   * <p>Order: state, builds, record. The state carries the record's id, so that whoever finds the
   * record open can tell whether the state was swapped.
   */
  private OperationRecord close() {
    lease.keep();
    boolean all = steps.stream().allMatch(StepRun::isDone);
    boolean undone = !all
        && steps.stream().noneMatch(step -> step.isDone() || (step.isFailed() && step.touched));
    AppState next =
        PartialState.of(before, wanted, steps).toBuilder().record(record.id()).build();
    boolean changes = wanted.generation() != record.baseGeneration();
    boolean nothingThere = before == null && next.spec().components().isEmpty();
    boolean swaps = changes && (all || !(undone || nothingThere));
    if (swaps) {
      site.storage().apps().swap(lease.current(), next);
      BuildHistory.append(site, lease.current(), before, next);
    }
    List<ComponentResult> results = steps.stream().map(StepRun::result).toList();
    OperationRecord closed = record.toBuilder()
        .status(status(all, undone))
        .resultGeneration(swaps ? next.generation() : 0)
        .results(results)
        .message(message())
        .finishedAt(site.clock().instant())
        .build();
    site.storage().records().swap(lease.current(), record, closed);
    record = closed;
    emit(ProgressEvent.Kind.FINISHED, null, closed.status().name());
    return closed;
  }

  private RecordStatus status(boolean all, boolean nothingLeft) {
    boolean rollback = record.kind() == OperationKind.ROLLBACK;
    if (all) {
      return rollback ? RecordStatus.ROLLED_BACK : RecordStatus.SUCCEEDED;
    }
    if (steps.stream().anyMatch(step -> step.outcome == Outcome.UNDONE) && nothingLeft) {
      return RecordStatus.UNDONE;
    }
    if (steps.stream().anyMatch(StepRun::isDone)) {
      return rollback ? RecordStatus.PARTLY_ROLLED_BACK : RecordStatus.PARTLY_SUCCEEDED;
    }
    if (nothingLeft) {
      return RecordStatus.DEPLOY_FAILED;
    }
    return rollback ? RecordStatus.ROLLBACK_FAILED : RecordStatus.FAILED;
  }

  private String message() {
    return steps.stream()
        .filter(
            step -> step.isFailed() || (step.outcome == Outcome.UNDONE && !step.message.isEmpty()))
        .map(step -> (step.component == null ? "what components share" : step.component.value())
            + ": " + step.message)
        .collect(Collectors.joining("; "));
  }

  private AppId app() {
    return record.app();
  }

  private void emit(ProgressEvent.Kind kind, @Nullable StepRun step, String message) {
    ProgressEvent event = new ProgressEvent(
        kind,
        record.id(),
        app(),
        step == null ? null : step.component,
        step == null ? null : step.action,
        message,
        site.clock().instant());
    try {
      options.listener().on(event);
    } catch (RuntimeException e) {
      System.getLogger(OperationRun.class.getName())
          .log(System.Logger.Level.WARNING, "A progress listener failed on " + kind, e);
    }
  }
}
