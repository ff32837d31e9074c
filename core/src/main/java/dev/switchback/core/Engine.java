// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.RefusedException;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.Signal;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlannedOperation;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.StoredOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Executes plans, pauses, resumes and cancels operations, and finishes those that were cut short.
 *
 * <p>An operation begins in one commit, its record with the first lines of its journal, and ends in
 * one: last lines, state of the app, closed record, lease given back.
 */
final class Engine {

  private final Site site;
  private final Planning planning;

  Engine(Site site, Planning planning) {
    this.site = site;
    this.planning = planning;
  }

  OperationRecord execute(Plan plan, ExecutionOptions options, @Nullable RecordId retryOf) {
    try (OperationRun run = begin(plan, options, retryOf)) {
      return run.run();
    }
  }

  Operation start(Plan plan, ExecutionOptions options) {
    return Operation.start(this, begin(plan, options, null), options.actor());
  }

  /** Checks everything and creates the record; the caller runs and closes what this returns. */
  private OperationRun begin(Plan plan, ExecutionOptions options, @Nullable RecordId retryOf) {
    site.deployment();
    site.authorize(options.actor(), action(plan.operation()), plan.app().value());
    String what = "Cannot execute the plan for the " + name(plan.operation()) + " of " + plan.app();
    ExecutionGuard guard = new ExecutionGuard(site, planning, what, plan, options.actor());
    guard.checkEarly();
    LeaseKeeper lease = holdSettled(guard, plan.app(), options);
    try {
      PlannedOperation planned = planning.again(plan);
      List<Approval> approvals = guard.check(planned.plan());
      ArtifactStaging.stage(site, what, plan);
      ExecutionGuard.holdVersionLeft(site, plan, options);
      StoredOperation operation = Beginning.of(
          site,
          plan,
          planned.wanted(),
          approvals,
          planning.parent(plan).orElse(retryOf),
          lease.current().fence(),
          options);
      OperationRun run = new OperationRun(
          site,
          lease,
          options,
          OperationLog.begin(site, lease, operation),
          before(operation.record()),
          plan.waves());
      run.begin();
      return run;
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Takes the lease of {@code app}, after finishing what was cut short on it.
   *
   * @throws RefusedException if there is a paused operation
   */
  private LeaseKeeper holdSettled(ExecutionGuard guard, AppId app, ExecutionOptions options) {
    while (true) {
      LeaseKeeper lease = LeaseKeeper.hold(site, app);
      try {
        List<OperationRecord> open = unfinished(site, app);
        if (open.isEmpty()) {
          return lease;
        }
        guard.checkNonePaused(open);
        goOn(open.get(0).id(), lease, options).run();
      } catch (RuntimeException | Error e) {
        lease.close();
        throw e;
      }
      lease.close();
    }
  }

  static List<OperationRecord> unfinished(Site site, AppId app) {
    RecordQuery query = RecordQuery.ofApp(app).unfinished();
    return site.storage().records().list(query, PageRequest.first(100)).items();
  }

  // Operations begun before, here or elsewhere.

  /**
   * Finishes every operation that was cut short and whose lease nobody holds any more. One that cannot
   * be finished does not keep the others from it.
   *
   * @return the records as they are now, in the order in which they were found
   */
  List<OperationRecord> recover(ExecutionOptions options) {
    List<OperationRecord> settled = new ArrayList<>();
    List<SwitchbackException> failures = new ArrayList<>();
    for (OperationRecord record :
        Pages.all(page -> site.storage().records().list(RecordQuery.all().unfinished(), page))) {
      if (!isPaused(record)) {
        site.authorize(options.actor(), Authorizer.Action.RECOVER, record.app().value());
        try {
          recover(record, options).ifPresent(settled::add);
        } catch (SwitchbackException e) {
          failures.add(e);
        }
      }
    }
    if (!failures.isEmpty()) {
      SwitchbackException first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
    return settled;
  }

  private Optional<OperationRecord> recover(OperationRecord record, ExecutionOptions options) {
    try (LeaseKeeper lease = LeaseKeeper.hold(site, record.app())) {
      OperationRecord now = require("recover", record.id());
      return now.status().isTerminal() || isPaused(now)
          ? Optional.empty()
          : Optional.of(goOn(now.id(), lease, options).run());
    } catch (LeaseHeldException e) {
      System.getLogger(Engine.class.getName())
          .log(System.Logger.Level.INFO, "Left alone: " + e.getMessage());
      return Optional.empty();
    }
  }

  OperationRecord pause(RecordId id, String actor) {
    OperationRecord record = require("pause", id);
    site.authorize(actor, Authorizer.Action.PAUSE, record.app().value());
    refuseClosed("pause", record);
    send(id, Signal.PAUSE);
    return require("pause", id);
  }

  OperationRecord cancel(RecordId id, ExecutionOptions options) {
    OperationRecord record = require("cancel", id);
    site.authorize(options.actor(), Authorizer.Action.CANCEL, record.app().value());
    refuseClosed("cancel", record);
    // Left first: whoever goes on with the operation from here on takes it back.
    send(id, Signal.CANCEL);
    if (isPaused(record)) {
      try (LeaseKeeper lease = LeaseKeeper.hold(site, record.app())) {
        if (isPaused(require("cancel", id))) {
          return wake(id, lease, options).run();
        }
      } catch (LeaseHeldException e) {
        System.getLogger(Engine.class.getName())
            .log(System.Logger.Level.DEBUG, "Left to who is at it: " + e.getMessage());
      }
    }
    return require("cancel", id);
  }

  OperationRecord resume(RecordId id, ExecutionOptions options) {
    OperationRecord record = require("resume", id);
    site.authorize(options.actor(), Authorizer.Action.RESUME, record.app().value());
    refuseUnpaused(record);
    try (LeaseKeeper lease = LeaseKeeper.hold(site, record.app())) {
      refuseUnpaused(require("resume", id));
      // Under the lease, so that it takes no PAUSE from another who resumed; a CANCEL stays anyway.
      send(id, Signal.RUN);
      return wake(id, lease, options).run();
    }
  }

  /** Leaves a signal for whoever runs the operation. */
  private void send(RecordId id, Signal signal) {
    Retries.of(site).run(() -> site.storage().signals().send(id, signal), Commits::mayTryAgain);
  }

  void send(Operation operation, Authorizer.Action action, Signal signal) {
    site.authorize(operation.actor(), action, operation.app().value());
    if (!operation.isDone()) {
      send(operation.id(), signal);
    }
  }

  /** Takes up a paused operation; it is under way again when this returns. */
  private OperationRun wake(RecordId id, LeaseKeeper lease, ExecutionOptions options) {
    OperationRun run = goOn(id, lease, options);
    run.wake();
    return run;
  }

  private OperationRun goOn(RecordId id, LeaseKeeper lease, ExecutionOptions options) {
    site.deployment();
    StoredOperation operation = site.storage().records().find(id).orElseThrow();
    return new OperationRun(
        site,
        lease,
        options,
        OperationLog.open(site, lease, operation),
        before(operation.record()),
        StoredPlans.waves(site, operation.record()));
  }

  private @Nullable AppState before(OperationRecord record) {
    return record.baseGeneration() == 0
        ? null
        : site.storage()
            .apps()
            .findRevision(record.app(), record.baseGeneration())
            .orElseThrow(
                () -> new IllegalStateException("Cannot run " + record.id() + ": generation "
                    + record.baseGeneration() + " of " + record.app() + " is not kept"));
  }

  private OperationRecord require(String verb, RecordId id) {
    return site.storage()
        .records()
        .find(id)
        .orElseThrow(() -> new RefusedException(
            "Cannot " + verb + " " + id,
            Obstacle.of("record-missing", "there is no record " + id, "choose one that is listed")))
        .record();
  }

  private static void refuseClosed(String verb, OperationRecord record) {
    if (record.status().isTerminal()) {
      throw new RefusedException(
          "Cannot " + verb + " " + record.id(),
          Obstacle.of(
              "record-closed",
              "the operation has ended: it is " + record.status(),
              "roll it back"));
    }
  }

  private static void refuseUnpaused(OperationRecord record) {
    if (!isPaused(record)) {
      throw new RefusedException(
          "Cannot resume " + record.id(),
          Obstacle.of(
              "record-not-paused",
              "the operation is not paused: it is " + record.status(),
              record.status().isTerminal() ? "roll it back or retry it" : "wait, or recover it"));
    }
  }

  static boolean isPaused(OperationRecord record) {
    return record.status() == RecordStatus.PAUSED;
  }

  private static Authorizer.Action action(OperationKind kind) {
    return switch (kind) {
      case INSTALL -> Authorizer.Action.INSTALL;
      case UPGRADE -> Authorizer.Action.UPGRADE;
      case EDIT -> Authorizer.Action.EDIT;
      case ROLLBACK -> Authorizer.Action.ROLLBACK;
      case UNINSTALL -> Authorizer.Action.UNINSTALL;
    };
  }

  static String name(OperationKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
