// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlannedOperation;
import dev.switchback.plan.Step;
import dev.switchback.plan.Wave;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.StoredOperation;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Executes plans, and finishes operations that were cut short.
 *
 * <p>Order of writing, which needs no transaction over stores: record with the state wanted, journal
 * and steps, state of the app with the record's id in it, record closed. Which of these is there
 * tells how far an operation came.
 */
final class Engine {

  private final Site site;
  private final Planning planning;

  Engine(Site site, Planning planning) {
    this.site = site;
    this.planning = planning;
  }

  OperationRecord execute(Plan plan, ExecutionOptions options) {
    site.deployment();
    site.authorize(options.actor(), action(plan.operation()), plan.app().value());
    String what = "Cannot execute the plan for the " + name(plan.operation()) + " of " + plan.app();
    if (!plan.isExecutable()) {
      throw new RefusedException(what, plan.obstacles());
    }
    if (plan.isExpired(site.clock().instant())) {
      throw new RefusedException(
          what,
          Obstacle.of(
              "plan-expired",
              "it was made at " + plan.createdAt() + " and good until " + plan.expiresAt(),
              "plan again"));
    }
    try (LeaseKeeper lease = LeaseKeeper.take(site, plan.app())) {
      settleUnfinished(plan.app(), lease, options);
      PlannedOperation planned = planning.again(plan);
      StalePlans.check(what, plan, planned.plan());
      OperationRecord record = begin(lease, planned, options);
      return new OperationRun(
              site,
              lease,
              options,
              record,
              before(record),
              wanted(record.id()),
              planned.plan().waves())
          .run();
    }
  }

  private OperationRecord begin(
      LeaseKeeper lease, PlannedOperation planned, ExecutionOptions options) {
    Plan plan = planned.plan();
    AppState wanted = SecretFiller.fill(planned.wanted(), site.random());
    RecordId id = newId();
    byte[] planJson = JsonFormats.plan().write(plan);
    Digest planDigest = Digest.of(planJson);
    site.blobs().put(planDigest, new ByteArrayInputStream(planJson));
    OperationRecord record = OperationRecord.builder(id, plan.app(), plan.operation())
        .status(
            plan.operation() == OperationKind.ROLLBACK
                ? RecordStatus.ROLLING_BACK
                : RecordStatus.RUNNING)
        .actor(options.actor())
        .reason(options.reason())
        .from(plan.from().orElse(null))
        .to(plan.to().orElse(null))
        .baseGeneration(plan.baseGeneration())
        .plan(planDigest)
        .parent(Planning.parent(plan).orElse(null))
        .fence(lease.current().fence())
        .startedAt(site.clock().instant())
        .results(plan.steps().stream()
            .map(step -> new ComponentResult(step.component(), step.action(), Outcome.PENDING, ""))
            .toList())
        .followUps(plan.followUps())
        .previous(
            lastRecord(plan.app()).map(JsonFormats.operationRecord()::digest).orElse(null))
        .build();
    site.storage().records().create(lease.current(), new StoredOperation(record, wanted));
    return record;
  }

  private Optional<OperationRecord> lastRecord(AppId app) {
    return site
        .storage()
        .records()
        .list(RecordQuery.ofApp(app), PageRequest.first(1))
        .items()
        .stream()
        .findFirst();
  }

  /**
   * Finishes every operation that was cut short and whose lease nobody holds any more.
   *
   * @return the records as they were closed, in the order in which they were found
   */
  List<OperationRecord> recover(ExecutionOptions options) {
    List<OperationRecord> open =
        Pages.all(page -> site.storage().records().list(RecordQuery.all().unfinished(), page));
    List<OperationRecord> closed = new ArrayList<>();
    for (OperationRecord record : open) {
      site.authorize(options.actor(), Authorizer.Action.RECOVER, record.app().value());
      try (LeaseKeeper lease = LeaseKeeper.take(site, record.app())) {
        closed.addAll(settleUnfinished(record.app(), lease, options));
      } catch (LeaseHeldException e) {
        System.getLogger(Engine.class.getName())
            .log(System.Logger.Level.INFO, "Left alone: " + e.getMessage());
      }
    }
    return closed;
  }

  /** Finishes what was cut short on {@code app}; whoever holds the lease may. */
  private List<OperationRecord> settleUnfinished(
      AppId app, LeaseKeeper lease, ExecutionOptions options) {
    List<OperationRecord> closed = new ArrayList<>();
    RecordQuery query = RecordQuery.ofApp(app).unfinished();
    for (OperationRecord record :
        site.storage().records().list(query, PageRequest.first(100)).items()) {
      closed.add(settle(record, lease, options));
    }
    return closed;
  }

  private OperationRecord settle(
      OperationRecord record, LeaseKeeper lease, ExecutionOptions options) {
    Optional<AppState> now = site.storage().apps().find(record.app());
    boolean swapped =
        now.flatMap(AppState::record).map(id -> id.equals(record.id())).orElse(false);
    if (swapped) {
      return closeSwapped(record, now.orElseThrow(), lease);
    }
    return new OperationRun(
            site, lease, options, record, before(record), wanted(record.id()), waves(record))
        .run();
  }

  /** Closes the record of an operation that had come as far as the app's state. */
  private OperationRecord closeSwapped(OperationRecord record, AppState now, LeaseKeeper lease) {
    AppState before = before(record);
    BuildHistory.append(site, lease.current(), before, now);
    List<ComponentResult> results = results(record);
    boolean whole = results.stream().allMatch(result -> result.outcome() == Outcome.DONE);
    boolean rollback = record.kind() == OperationKind.ROLLBACK;
    RecordStatus status = whole
        ? (rollback ? RecordStatus.ROLLED_BACK : RecordStatus.SUCCEEDED)
        : (rollback ? RecordStatus.PARTLY_ROLLED_BACK : RecordStatus.PARTLY_SUCCEEDED);
    OperationRecord closed = record.toBuilder()
        .status(status)
        .resultGeneration(now.generation())
        .results(results)
        .finishedAt(site.clock().instant())
        .build();
    site.storage().records().swap(lease.current(), record, closed);
    return closed;
  }

  private List<ComponentResult> results(OperationRecord record) {
    return StepResults.fromJournal(record, site.storage().journals().read(record.id()));
  }

  /**
   * Takes the steps of an operation from its record, one wave each: that keeps their order, and going
   * on needs no more.
   */
  private static List<Wave> waves(OperationRecord record) {
    return record.results().stream()
        .map(result -> new Wave(List.of(new Step(result.action(), result.component(), ""))))
        .toList();
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

  private AppState wanted(RecordId id) {
    return site.storage().records().find(id).orElseThrow().wanted();
  }

  /** Makes an id that sorts by time and does not repeat. */
  private RecordId newId() {
    byte[] random = new byte[5];
    site.random().nextBytes(random);
    return new RecordId(String.format("%012x", site.clock().instant().toEpochMilli())
        + HexFormat.of().formatHex(random));
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
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }
}
