// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.Observation;
import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.Signal;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.plan.SharedParts;
import dev.switchback.plan.Wave;
import dev.switchback.storage.StorageException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation under way: takes its waves in order, journals each step before and after it, and
 * settles what the app's state has become.
 *
 * <p>The same code begins an operation and goes on with one that was cut short or paused: steps that
 * the journal says are done are passed over, a step that was begun is asked for again under its id,
 * which the backend recognises.
 */
final class OperationRun implements AutoCloseable {

  private final Site site;
  private final LeaseKeeper lease;
  private final ExecutionOptions options;
  private final Progress progress;
  private final @Nullable AppState before;
  private final OperationLog log;
  private final StepRuns steps;
  private final AppSpec whileChanging;
  private final Elapsed elapsed;
  private final Retries retries;
  private volatile Signal signal = Signal.RUN;
  private volatile boolean overdue;
  private volatile boolean failed;

  OperationRun(
      Site site,
      LeaseKeeper lease,
      ExecutionOptions options,
      OperationLog log,
      @Nullable AppState before,
      List<Wave> waves) {
    this.site = site;
    this.lease = lease;
    this.options = options;
    this.progress = new Progress(site, options.listener());
    this.log = log;
    this.before = before;
    this.elapsed = new Elapsed(site);
    Instant now = site.clock().instant();
    this.retries = Retries.until(site, options.deadline().map(now::plus).orElse(Instant.MAX));
    this.steps = new StepRuns(log, waves);
    AppSpec wanted = log.wanted().spec();
    this.whileChanging = before != null && steps.anyUnshared()
        ? SharedParts.whileChanging(before.spec(), wanted)
        : wanted;
    this.failed = steps.anyFailed();
  }

  /** Creates the record, if there is anything to do and it is not there yet. */
  void begin() {
    for (List<StepRun> wave : steps.waves()) {
      if (!announce(wave).isEmpty()) {
        return;
      }
    }
  }

  /** Notes that a paused operation is under way again. */
  void wake() {
    OperationRecord record = log.record();
    log.change(record.toBuilder().status(Beginning.underWay(record.kind())).build());
  }

  RecordId id() {
    return log.record().id();
  }

  AppId app() {
    return log.record().app();
  }

  List<ProgressEvent> events() {
    return progress.events();
  }

  /** Gives the lease back, if the end of the operation did not. */
  @Override
  public void close() {
    lease.close();
  }

  /** Runs the operation to its end, or until it is paused, and returns the record as it is then. */
  OperationRecord run() {
    progress.tell(ProgressEvent.Kind.STARTED, log.record(), "");
    if (!steps.isBeingUndone()) {
      goForward();
    }
    settleUnsure();
    if (isToBeUndone()) {
      steps.withdraw();
      StepTargets earlier = earlier();
      new Compensation(
              log,
              progress,
              undo -> newWave(earlier, new Determined(false, null)).run(undo))
          .undo(steps.waves());
    } else if (signal == Signal.PAUSE && isUnfinished() && !overdue && !isStoppedByFailure()) {
      return pause();
    }
    return end();
  }

  private void goForward() {
    for (List<StepRun> wave : steps.waves()) {
      if (wave.stream().anyMatch(StepRun::isPending)) {
        if (!mayBegin()) {
          return;
        }
        List<StepRun> due = announce(wave);
        newWave(wanted(), new AsAsked()).run(due);
        steps.noteOutcomes(due);
      }
    }
  }

  /** Writes what the steps of {@code wave} that are due will do, with all that is not written yet. */
  private List<StepRun> announce(List<StepRun> wave) {
    List<StepRun> due = steps.announce(wave);
    if (!due.isEmpty()) {
      log.write();
    }
    return due;
  }

  // What stops it.

  /** Looks whether a further step may be begun. Called by every thread that is about to. */
  private boolean mayBegin() {
    lease.keep();
    listen();
    checkDeadline();
    return signal == Signal.RUN && !overdue && !isStoppedByFailure();
  }

  private void listen() {
    try {
      signal = site.storage().signals().find(id());
    } catch (StorageException e) {
      // The next look finds it.
      System.getLogger(OperationRun.class.getName())
          .log(System.Logger.Level.DEBUG, "Cannot read the signal for " + log.record(), e);
    }
  }

  private void checkDeadline() {
    overdue = overdue
        || options
            .deadline()
            .filter(limit -> elapsed.nanos() >= limit.toNanos())
            .isPresent();
  }

  private boolean isStoppedByFailure() {
    return failed && log.record().onFailure() != OnFailure.CONTINUE;
  }

  private boolean isToBeUndone() {
    boolean undoesFailure = (failed || overdue) && log.record().onFailure() == OnFailure.ROLL_BACK;
    return steps.isBeingUndone() || ((signal == Signal.CANCEL || undoesFailure) && isUnfinished());
  }

  private boolean isUnfinished() {
    return !steps.allDone();
  }

  // Running steps.

  /** Runs steps as long as nobody wants otherwise. */
  private final class AsAsked extends Determined {

    AsAsked() {
      super(true, null);
    }

    @Override
    public boolean mayBegin() {
      return OperationRun.this.mayBegin();
    }

    @Override
    public @Nullable String giveUp() {
      listen();
      checkDeadline();
      return signal == Signal.CANCEL
          ? "the operation was cancelled"
          : overdue ? "the operation was not done in time" : null;
    }
  }

  /** Runs steps whatever is wanted meanwhile: to take back, or to find out how they end. */
  private class Determined implements WaveRun.Guide {

    private final boolean tells;
    private final @Nullable String giveUp;

    /**
     * Makes one.
     *
     * @param tells whether the listener is told
     * @param giveUp why not to wait for health; null to wait
     */
    Determined(boolean tells, @Nullable String giveUp) {
      this.tells = tells;
      this.giveUp = giveUp;
    }

    @Override
    public boolean mayBegin() {
      return true;
    }

    @Override
    public @Nullable String giveUp() {
      return giveUp;
    }

    @Override
    public void begins(StepRun step) {
      if (tells) {
        progress.tell(ProgressEvent.Kind.STEP_STARTED, log.record(), step, "");
      }
    }

    @Override
    public void ended(StepRun step) {
      if (tells) {
        failed = failed || step.isFailed();
        ProgressEvent.Kind kind =
            step.isDone() ? ProgressEvent.Kind.STEP_DONE : ProgressEvent.Kind.STEP_FAILED;
        progress.tell(kind, log.record(), step, step.message);
      }
    }
  }

  private WaveRun newWave(StepTargets targets, WaveRun.Guide guide) {
    Retries bounded = guide instanceof AsAsked ? retries : Retries.of(site);
    return new WaveRun(site, lease, options, targets, bounded, elapsed, guide);
  }

  private StepTargets wanted() {
    return targets(log.wanted().generation(), log.wanted().spec());
  }

  private StepTargets earlier() {
    return before == null
        ? targets(log.wanted().generation(), AppSpec.empty())
        : targets(before.generation(), before.spec());
  }

  private StepTargets targets(long generation, AppSpec end) {
    return new StepTargets(
        new AppTarget(app(), generation, end), new AppTarget(app(), generation, whileChanging));
  }

  /**
   * Settles what an earlier process left unclear. A step that it was about to ask for may have been
   * done, and its call may even be on its way still, from a process that was only slow. So it is asked
   * for again under its id: whichever call comes second does nothing. Of one that failed it is looked
   * at whether the backend took it.
   */
  private void settleUnsure() {
    List<StepRun> begun = steps.unsettled();
    if (!begun.isEmpty()) {
      String why = isToBeUndone() ? "it was cut short and is to be taken back" : null;
      newWave(wanted(), new Determined(true, why)).run(begun);
      steps.noteOutcomes(begun);
    }
    List<StepRun> failures = steps.unclearFailures();
    if (!failures.isEmpty()) {
      try {
        List<Observation> seen =
            retries.call(() -> site.deployment().observe(app()), OperationRun::mayRetry);
        failures.forEach(step -> step.touched = step.action == StepAction.REMOVE
            || StepCall.wasTaken(step, seen)
            || steps.isUndoBegun(step));
      } catch (SwitchbackException e) {
        // What cannot be seen may have been done.
        System.getLogger(OperationRun.class.getName())
            .log(System.Logger.Level.DEBUG, "Cannot see what was done of " + log.record(), e);
      }
    }
  }

  private static boolean mayRetry(RuntimeException failure) {
    return failure instanceof SwitchbackException known && known.mayRetry();
  }

  // How it ends.

  private OperationRecord pause() {
    steps.withdraw();
    OperationRecord paused = log.record().toBuilder()
        .status(RecordStatus.PAUSED)
        .results(steps.results())
        .build();
    log.end(paused, null, List.of());
    progress.tell(ProgressEvent.Kind.PAUSED, paused, "");
    return paused;
  }

  /** Settles the app's state and closes the record, in one commit. */
  private OperationRecord end() {
    lease.keep();
    String why = signal == Signal.CANCEL ? "it was cancelled" : overdue ? "time was up" : "";
    Ending ending = Ending.of(site, log, before, steps.all(), why, signal == Signal.CANCEL);
    OperationRecord closed = log.record().toBuilder()
        .status(ending.status())
        .resultGeneration(ending.next() == null ? 0 : ending.next().generation())
        .results(steps.results())
        .message(ending.message())
        .finishedAt(site.clock().instant())
        .build();
    log.end(closed, ending.next(), ending.builds());
    progress.tell(ProgressEvent.Kind.FINISHED, closed, closed.status().name());
    return closed;
  }
}
