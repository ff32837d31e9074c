// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for everything that stands in the way of executing a plan, before anything is changed. */
final class ExecutionGuard {

  private final Site site;
  private final Planning planning;
  private final String what;
  private final Plan plan;
  private final Digest digest;
  private final String executor;

  /**
   * Makes a guard for one execution.
   *
   * @param what what cannot be done, for the refusals
   * @param executor who executes the plan; may be empty
   */
  ExecutionGuard(Site site, Planning planning, String what, Plan plan, String executor) {
    this.site = site;
    this.planning = planning;
    this.what = what;
    this.plan = plan;
    this.digest = JsonFormats.plan().digest(plan);
    this.executor = executor;
  }

  /**
   * Refuses a plan that has obstacles, is too old, is held, or lacks approvals. That needs no lease, so
   * nobody waits for one in vain.
   */
  void checkEarly() {
    List<Obstacle> found = obstacles(AuditLog.read(site, plan.app()));
    if (!found.isEmpty()) {
      throw refusal(found, Engine.unfinished(site, plan.app()));
    }
  }

  /**
   * Refuses a plan while an operation is paused: it is for people to say how that goes on.
   *
   * @param unfinished the operations on the app that have not ended
   */
  void checkNonePaused(List<OperationRecord> unfinished) {
    if (unfinished.stream().anyMatch(Engine::isPaused)) {
      throw refusal(obstacles(AuditLog.read(site, plan.app())), unfinished);
    }
  }

  /**
   * Refuses what {@link #checkEarly} does, and a plan that would be another now. What this finds holds
   * for as long as the caller has the lease of the app.
   *
   * @param now what is planned now for the same request
   * @return the approvals by others than the one who executes it, for the record
   */
  List<Approval> check(Plan now) {
    List<AuditEntry> entries = AuditLog.read(site, plan.app());
    Set<Obstacle> found = new LinkedHashSet<>(obstacles(entries));
    found.addAll(StalePlans.differences(plan, now));
    if (!found.isEmpty()) {
      throw new RefusedException(what, List.copyOf(found));
    }
    return approvals(entries);
  }

  private List<Approval> approvals(List<AuditEntry> entries) {
    return Approvals.byOthers(Approvals.of(entries, digest), executor);
  }

  private List<Obstacle> obstacles(List<AuditEntry> entries) {
    List<Obstacle> obstacles = new ArrayList<>(plan.obstacles());
    expired(site, plan).ifPresent(obstacles::add);
    obstacles.addAll(Holds.against(plan, Holds.of(entries)));
    int needed = site.approvals().approvalsFor(plan);
    Approvals.missing(needed, approvals(entries), executor, digest).ifPresent(obstacles::add);
    return obstacles;
  }

  /** Makes the refusal for what was found already, with every further reason that there is. */
  private RefusedException refusal(List<Obstacle> found, List<OperationRecord> unfinished) {
    Set<Obstacle> reasons = new LinkedHashSet<>(found);
    unfinished.stream().filter(Engine::isPaused).map(ExecutionGuard::paused).forEach(reasons::add);
    SwitchbackException failure = null;
    try {
      reasons.addAll(StalePlans.differences(plan, planning.again(plan).plan()));
    } catch (SwitchbackException e) {
      // What was found stands, whether or not the rest can be told.
      failure = e;
    }
    RefusedException refusal = new RefusedException(what, List.copyOf(reasons));
    if (failure != null) {
      refusal.addSuppressed(failure);
    }
    return refusal;
  }

  private static Obstacle paused(OperationRecord record) {
    return Obstacle.of(
        "operation-paused",
        "the " + Engine.name(record.kind()) + " " + record.id() + " of " + record.app()
            + " is paused",
        "resume " + record.id() + " or cancel it");
  }

  static Optional<Obstacle> expired(Site site, Plan plan) {
    return plan.isExpired(site.clock().instant())
        ? Optional.of(Obstacle.of(
            "plan-expired",
            "it was made at " + plan.createdAt() + " and good until " + plan.expiresAt(),
            "plan again"))
        : Optional.empty();
  }

  /**
   * Holds the version that a rollback leaves, if it leaves one and that is asked for. Done before the
   * rollback begins, so that no crash can lose it; a version held already is not held again.
   */
  static void holdVersionLeft(Site site, Plan plan, ExecutionOptions options) {
    Optional<VersionRef> left = plan.from().filter(from -> !plan.to().equals(Optional.of(from)));
    if (!options.holdsVersion()
        || plan.operation() != OperationKind.ROLLBACK
        || left.isEmpty()
        || isHeld(AuditLog.read(site, plan.app()), left.get())) {
      return;
    }
    site.authorize(options.actor(), Authorizer.Action.HOLD, plan.app().value());
    String note = "rolled back" + (options.reason().isEmpty() ? "" : ": " + options.reason());
    AuditLog.append(
        site,
        plan.app(),
        entries ->
            new AuditLog.Word(AuditEntry.Act.HOLD, left.get().toString(), options.actor(), note));
  }

  private static boolean isHeld(List<AuditEntry> entries, VersionRef version) {
    return Holds.of(entries).stream().anyMatch(hold -> hold.version().equals(Optional.of(version)));
  }
}
