// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import dev.switchback.model.internal.Check;

/**
 * Names a component within an app or template; stable across the versions of a template. RAM calls
 * it {@code service_key}.
 *
 * @param value the key: 1 to 255 characters, not blank, no control characters; case matters
 */
public record ComponentKey(String value) implements Comparable<ComponentKey> {

  /**
   * Checks the key.
   *
   * @throws IllegalArgumentException if the text is blank, too long or has control characters
   */
  public ComponentKey {
    Check.id(value, "component key", 255);
  }

  @Override
  public int compareTo(ComponentKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
