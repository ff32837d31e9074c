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

  private static final String BY_NAME = "name:";
  private static final String BY_POSITION = "position:";

  /**
   * Makes up a key for a component that a document gives no id.
   *
   * @param name its display name; may be empty
   * @param position where it stands in the document, from 1; counts if it has no name
   * @throws IllegalArgumentException if the name cannot be part of a key
   */
  public static ComponentKey madeUp(String name, int position) {
    return new ComponentKey(name.isBlank() ? BY_POSITION + position : BY_NAME + name);
  }

  /**
   * Tells whether the key was made up, since a document gave its component no id. In another document
   * the same key may be that of another component.
   */
  public boolean isMadeUp() {
    return value.startsWith(BY_NAME) || value.startsWith(BY_POSITION);
  }

  @Override
  public int compareTo(ComponentKey other) {
    return this == other ? 0 : value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
