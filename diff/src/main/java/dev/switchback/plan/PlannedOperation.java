// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.app.AppState;

/**
 * A plan together with the state it brings about.
 *
 * <p>The plan can be shown, saved and mailed; the state holds real values and stays inside.
 * Executing a saved plan means planning again from its request and comparing the two.
 *
 * @param plan the plan
 * @param wanted the state after the operation: one generation later, with generation marks where
 *     secrets are still to be drawn, and without a record; the recorded state itself if the plan
 *     has obstacles or changes nothing
 */
public record PlannedOperation(Plan plan, AppState wanted) {

  /** Checks that nothing is missing. */
  public PlannedOperation {
    requireNonNull(plan, "plan");
    requireNonNull(wanted, "wanted");
  }
}
