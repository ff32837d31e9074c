// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff.internal;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import org.jspecify.annotations.Nullable;

/**
 * Finds the counterparts of components that are asked for in key order, in one pass; where specs
 * share, without reading what they share.
 */
public final class InOrder {

  private final Keyed<Component> components;
  private int next;

  /** Starts at the first component of a spec. */
  public InOrder(AppSpec spec) {
    this.components = spec.components();
  }

  /**
   * Returns the component with the key of {@code other}; null if there is none.
   *
   * @param other a component whose key is not before those asked for earlier
   */
  @SuppressWarnings("ReferenceEquality") // a shortcut: the same component has the same key
  public @Nullable Component find(Component other) {
    while (next < components.size()) {
      Component candidate = components.get(next);
      int order = candidate == other ? 0 : candidate.id().compareTo(other.id());
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
