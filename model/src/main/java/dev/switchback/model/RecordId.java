// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import dev.switchback.model.internal.Check;

/**
 * Names one record of an operation on an app; unique within a storage.
 *
 * @param value 1 to 64 characters, not blank, no control characters
 */
public record RecordId(String value) implements Comparable<RecordId> {

  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if the text is blank, too long or has control characters
   */
  public RecordId {
    Check.id(value, "record id", 64);
  }

  @Override
  public int compareTo(RecordId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
