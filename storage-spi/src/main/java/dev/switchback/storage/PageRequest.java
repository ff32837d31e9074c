// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

/**
 * Asks for a part of a list. Items that are added or removed between two requests never make another
 * item appear twice or not at all.
 *
 * @param limit how many items at most, 1 to 1000
 * @param cursor the {@link Page#next()} of the part before; empty for the first part
 */
public record PageRequest(int limit, String cursor) {

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is not between 1 and 1000
   */
  public PageRequest {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException(
          "Invalid page limit: " + limit + " is not between 1 and 1000");
    }
    requireNonNull(cursor, "cursor");
  }

  /** Asks for the first {@code limit} items. */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, "");
  }

  /** Asks for as many items behind {@code page}. */
  public PageRequest after(Page<?> page) {
    return new PageRequest(limit, page.next());
  }
}
