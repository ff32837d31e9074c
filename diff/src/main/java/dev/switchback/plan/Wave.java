// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import java.util.List;

/**
 * Steps that may run together. The next wave starts when all of them are done.
 *
 * @param steps the steps in order of component key, at least one
 */
public record Wave(List<Step> steps) {

  /**
   * Copies the steps.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Wave {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("Invalid wave: it has no steps");
    }
  }
}
