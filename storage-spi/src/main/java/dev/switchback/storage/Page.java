// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items the items, in the order of the list
 * @param next the cursor to ask for the part behind this one; empty at the end of the list
 * @param <T> the kind of item
 */
public record Page<T>(List<T> items, String next) {

  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
    requireNonNull(next, "next");
  }

  /** Tells whether there is a part behind this one. */
  public boolean hasNext() {
    return !next.isEmpty();
  }
}
