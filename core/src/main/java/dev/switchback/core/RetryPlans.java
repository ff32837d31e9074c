// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.StoredOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the request that does what an operation did not come to. It is the request of that operation
 * again: what it did do is recorded, so that only the components that failed or were never begun
 * differ from what is wanted.
 */
final class RetryPlans {

  private RetryPlans() {}

  /**
   * Returns the plan to retry the operation of {@code id}.
   *
   * @throws RefusedException if there is no such record, it has not ended, it did everything, or its
   *     plan is not kept; every reason is listed
   */
  static Plan plan(Site site, Planning planning, RecordId id) {
    String what = "Cannot retry " + id;
    OperationRecord record = site.storage()
        .records()
        .find(id)
        .map(StoredOperation::record)
        .orElseThrow(() -> new RefusedException(
            what,
            Obstacle.of(
                "record-missing", "there is no record " + id, "choose one that is listed")));
    List<Obstacle> obstacles = new ArrayList<>();
    if (!record.status().isTerminal()) {
      obstacles.add(Obstacle.of(
          "record-open",
          "the operation has not ended: it is " + record.status(),
          "wait for it, resume it or recover it"));
    }
    if (record.status() == RecordStatus.SUCCEEDED || record.status() == RecordStatus.ROLLED_BACK) {
      obstacles.add(Obstacle.of("nothing-failed", "the operation did everything", ""));
    }
    Optional<Plan> plan = StoredPlans.find(site, record);
    if (plan.isEmpty()) {
      obstacles.add(Obstacle.of(
          "plan-missing",
          "its plan is not kept, or not with the secrets that it sets",
          "plan anew"));
    }
    if (!obstacles.isEmpty()) {
      throw new RefusedException(what, obstacles);
    }
    return planning.plan(record.app(), again(site, plan.orElseThrow()));
  }

  /** An install that came to something is completed by an upgrade to the same version. */
  private static PlanRequest again(Site site, Plan plan) {
    boolean installed =
        site.storage().apps().find(plan.app()).map(AppState::installed).orElse(false);
    return plan.request() instanceof InstallRequest install && installed
        ? UpgradeRequest.to(install.target())
        : plan.request();
  }
}
