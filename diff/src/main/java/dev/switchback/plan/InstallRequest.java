// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationKind;

/**
 * Asks to bring an app up from a template version.
 *
 * @param target the template version
 */
public record InstallRequest(VersionRef target) implements PlanRequest {

  /** Checks that nothing is missing. */
  public InstallRequest {
    requireNonNull(target, "target");
  }

  @Override
  public OperationKind operation() {
    return OperationKind.INSTALL;
  }
}
