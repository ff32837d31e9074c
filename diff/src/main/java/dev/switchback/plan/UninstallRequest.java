// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.app.OperationKind;

/** Asks to take an app down. Its volumes stay. */
public record UninstallRequest() implements PlanRequest {

  @Override
  public OperationKind operation() {
    return OperationKind.UNINSTALL;
  }
}
