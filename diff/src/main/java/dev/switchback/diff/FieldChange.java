// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

/**
 * One field of an item that changed, as text without secrets.
 *
 * <p>A secret reads {@code (secret)}; one that changed reads {@code (secret)} before and {@code
 * (secret, changed)} after.
 *
 * @param field the name of the field; fields of nested items as {@code settings[key].values}
 * @param before what it was; empty if nothing
 * @param after what it becomes; empty if nothing
 */
public record FieldChange(String field, String before, String after) {

  /** Checks that nothing is missing. */
  public FieldChange {
    requireNonNull(field, "field");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
  }
}
