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
    return new StepId(String.format("%s-%04d", record.value(), Check.notNegative(index, "index")));
  }

  @Override
  public String toString() {
    return value;
  }
}
