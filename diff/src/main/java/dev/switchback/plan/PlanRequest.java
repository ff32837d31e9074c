// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.app.OperationKind;

/** What is asked of the planner. Each kind of operation has its own shape. */
public sealed interface PlanRequest
    permits InstallRequest, UpgradeRequest, EditRequest, RollbackRequest, UninstallRequest {

  /** Returns the kind of operation; it tells the shape of the request. */
  OperationKind operation();
}
