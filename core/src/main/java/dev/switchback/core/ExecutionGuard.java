// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.OperationKind;
import dev.switchback.plan.Plan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for everything that stands in the way of executing a plan, before anything is changed. */
final class ExecutionGuard {

  private ExecutionGuard() {}

  /**
   * Refuses a plan that has obstacles, is too old, is held, or lacks approvals; with every reason.
   *
   * @param what what cannot be done, for the refusal
   * @return the approvals by others than the one who executes it, for the record
   */
  static List<Approval> check(Site site, String what, Plan plan, String executor) {
    List<AuditEntry> entries = AuditLog.read(site, plan.app());
    Digest digest = JsonFormats.plan().digest(plan);
    List<Approval> approvals = Approvals.byOthers(Approvals.of(entries, digest), executor);
    Set<Obstacle> obstacles = new LinkedHashSet<>(plan.obstacles());
    expired(site, plan).ifPresent(obstacles::add);
    obstacles.addAll(Holds.against(plan, Holds.of(entries)));
    Approvals.missing(site.approvals().approvalsFor(plan), approvals, executor, digest)
        .ifPresent(obstacles::add);
    if (!obstacles.isEmpty()) {
      throw new RefusedException(what, List.copyOf(obstacles));
    }
    return approvals;
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
