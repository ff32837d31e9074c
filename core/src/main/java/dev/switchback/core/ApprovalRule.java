// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.plan.Plan;

/**
 * Says how many people have to approve a plan before it can be executed. Whoever executes it does not
 * count as one of them.
 *
 * <p>May be called by many threads; the same plan has to give the same number.
 */
@FunctionalInterface
public interface ApprovalRule {

  /**
   * Returns how many different people, other than the one who executes it, have to approve {@code
   * plan}; 0 if none has to.
   */
  int approvalsFor(Plan plan);

  /** Returns the rule that demands no approval. */
  static ApprovalRule none() {
    return plan -> 0;
  }

  /**
   * Returns the rule that demands the same number for every plan; one makes it four eyes.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  static ApprovalRule always(int approvals) {
    if (approvals < 0) {
      throw new IllegalArgumentException(
          "Invalid number of approvals: " + approvals + " is negative");
    }
    return plan -> approvals;
  }
}
