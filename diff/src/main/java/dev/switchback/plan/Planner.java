// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

/**
 * Decides what an operation will do. Pure: the same input and request give the same plan, whatever
 * order their parts came in; nothing is read, written or changed.
 *
 * <p>Each operation finds the state it wants in its own way; difference, steps, waves and artifacts
 * are then found the same way for all. What stands in the way becomes obstacles in the plan, all of
 * them; nothing is thrown for it.
 *
 * <p>Source: design §1 and §6.
 */
public final class Planner {

  private Planner() {}

  /**
   * Plans an operation.
   *
   * @param input what the caller has loaded
   * @param request what is asked for
   * @return the plan, executable or not, and the state it brings about
   */
  public static PlannedOperation plan(PlanInput input, PlanRequest request) {
    requireNonNull(input, "input");
    Draft draft = new Draft(input, requireNonNull(request, "request"));
    return switch (request.operation()) {
      case INSTALL -> InstallPlanner.plan(draft, (InstallRequest) request);
      case UPGRADE -> UpgradePlanner.plan(draft, (UpgradeRequest) request);
      case EDIT ->
        request instanceof DriftRequest drift
            ? DriftPlanner.plan(draft, drift)
            : EditPlanner.plan(draft, (EditRequest) request);
      case ROLLBACK -> RollbackPlanner.plan(draft, (RollbackRequest) request);
      case UNINSTALL -> InstallPlanner.planRemoval(draft);
    };
  }
}
