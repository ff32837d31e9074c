// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff.internal;

import dev.switchback.model.Keyed;
import org.jspecify.annotations.Nullable;

/**
 * Finds the counterparts of items that are asked for in key order, in one pass; where collections
 * share, without reading what they share.
 *
 * @param <T> the kind of item
 */
public final class InOrder<T extends Keyed.Item> {

  private final Keyed<? extends T> items;
  private int next;

  /** Starts at the first item of a collection. */
  public InOrder(Keyed<? extends T> items) {
    this.items = items;
  }

  /**
   * Returns the item with the key of {@code other}; null if there is none.
   *
   * @param other an item whose key is not before those asked for earlier
   */
  @SuppressWarnings("ReferenceEquality") // a shortcut: the same item has the same key
  public @Nullable T find(Keyed.Item other) {
    while (next < items.size()) {
      T candidate = items.get(next);
      int order = candidate == other ? 0 : candidate.key().compareTo(other.key());
      if (order == 0) {
        return candidate;
      }
      if (order > 0) {
        return null;
      }
      next++;
    }
    return null;
  }
}
