// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.app.OperationKind;

/** What is asked of the planner. */
public sealed interface PlanRequest
    permits InstallRequest,
        UpgradeRequest,
        EditRequest,
        DriftRequest,
        RollbackRequest,
        UninstallRequest {

  /** Returns the kind of operation. */
  OperationKind operation();
}
