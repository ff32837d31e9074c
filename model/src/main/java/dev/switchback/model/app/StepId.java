// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import dev.switchback.model.RecordId;
import dev.switchback.model.internal.Check;

/**
 * Names one step of one operation. Chosen before the backend is asked, so that a repeated or
 * half-heard request is recognised as the same one.
 *
 * @param value 1 to 128 characters, such as {@code 0192f1-0003}
 */
public record StepId(String value) {

  private static final int MIN_DIGITS = 4;

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if the text is blank, too long or has control characters
   */
  public StepId {
    Check.id(value, "step id", 128);
  }

  /** Returns the id of the step at {@code index}, counted from zero, of the operation. */
  public static StepId of(RecordId record, int index) {
    String digits = Integer.toString(Check.notNegative(index, "index"));
    return new StepId(
        record.value() + "-" + "0".repeat(Math.max(0, MIN_DIGITS - digits.length())) + digits);
  }

  @Override
  public String toString() {
    return value;
  }
}
