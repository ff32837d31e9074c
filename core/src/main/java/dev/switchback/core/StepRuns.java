// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Component;
import dev.switchback.plan.Step;
import dev.switchback.plan.Wave;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The steps of one operation, as its journal says that they stand, and what it says of them next. */
final class StepRuns {

  private final OperationLog log;
  private final List<List<StepRun>> waves = new ArrayList<>();
  private final List<StepRun> all = new ArrayList<>();

  StepRuns(OperationLog log, List<Wave> waves) {
    this.log = log;
    for (Wave wave : waves) {
      List<StepRun> runs = new ArrayList<>();
      for (Step step : wave.steps()) {
        StepId id = StepId.of(log.record().id(), all.size());
        StepRun run = new StepRun(id, step.action(), step.component());
        log.last(id).ifPresent(entry -> takeUp(run, entry));
        runs.add(run);
        all.add(run);
      }
      this.waves.add(runs);
    }
  }

  private void takeUp(StepRun step, JournalEntry entry) {
    if (entry.phase() == Phase.UNDONE) {
      return;
    }
    step.touched = true;
    step.evidence = entry.evidence();
    step.startedAt = log.begun(step.id).orElse(null);
    if (entry.phase() != Phase.INTENT) {
      step.endedAt = entry.at();
      step.end(entry.phase() == Phase.DONE ? Outcome.DONE : Outcome.FAILED, entry.message());
    }
    step.unsure = entry.phase() != Phase.DONE;
  }

  List<List<StepRun>> waves() {
    return waves;
  }

  List<StepRun> all() {
    return all;
  }

  boolean anyFailed() {
    return all.stream().anyMatch(StepRun::isFailed);
  }

  boolean allDone() {
    return all.stream().allMatch(StepRun::isDone);
  }

  /** Tells whether anything that components share goes after all of them. */
  boolean anyUnshared() {
    return all.stream().anyMatch(step -> step.action == StepAction.UNSHARE);
  }

  boolean isBeingUndone() {
    return all.stream().anyMatch(this::isUndoBegun);
  }

  boolean isUndoBegun(StepRun step) {
    return log.last(Compensation.undoId(step.id)).isPresent();
  }

  /** Returns the steps that an earlier process was about to ask for. */
  List<StepRun> unsettled() {
    return all.stream().filter(step -> step.unsure && step.isPending()).toList();
  }

  /** Returns the steps that failed in an earlier process and may have come to something. */
  List<StepRun> unclearFailures() {
    return all.stream()
        .filter(step -> step.unsure && step.isFailed() && step.component != null)
        .toList();
  }

  List<ComponentResult> results() {
    return all.stream().map(StepRun::result).toList();
  }

  /** Announces and returns the steps of {@code wave} that are due. */
  List<StepRun> announce(List<StepRun> wave) {
    Set<ComponentKey> blocked = blocked();
    List<StepRun> due = new ArrayList<>();
    for (StepRun step : wave) {
      boolean waits = step.action == StepAction.UNSHARE
          ? !isLastToDo(step)
          : step.component != null && blocked.contains(step.component);
      if (step.isPending() && !waits) {
        if (!isAnnounced(step)) {
          log.add(Phase.INTENT, step);
        }
        due.add(step);
      }
    }
    return due;
  }

  private boolean isLastToDo(StepRun step) {
    return all.stream().allMatch(other -> other.equals(step) || other.isDone());
  }

  /** Notes of steps that were announced, but never asked for, that they will not be. */
  void withdraw() {
    for (StepRun step : all) {
      if (isAnnounced(step) && step.isPending() && !step.touched) {
        log.add(Phase.UNDONE, step);
      }
    }
  }

  private boolean isAnnounced(StepRun step) {
    return log.last(step.id).filter(entry -> entry.phase() == Phase.INTENT).isPresent();
  }

  /** Notes how steps ended. */
  void noteOutcomes(List<StepRun> steps) {
    for (StepRun step : steps) {
      if (!step.isPending()) {
        log.add(step.isDone() ? Phase.DONE : Phase.FAILED, step);
      }
    }
  }

  /** Returns the components that need, directly or not, one whose step failed. */
  private Set<ComponentKey> blocked() {
    Set<ComponentKey> blocked = all.stream()
        .filter(step -> step.isFailed() && step.component != null)
        .map(step -> step.component)
        .collect(Collectors.toCollection(HashSet::new));
    boolean grew = !blocked.isEmpty();
    while (grew) {
      grew = false;
      for (Component component : log.wanted().spec().components()) {
        grew |= component.dependencies().stream().anyMatch(d -> blocked.contains(d.provider()))
            && blocked.add(component.id());
      }
    }
    return blocked;
  }
}
