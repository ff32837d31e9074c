// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets versions that are kept in memory share what they have in common.
 *
 * <p>Versions of a template differ in little, but two that were read from documents share nothing,
 * so that comparing them means to look at every value of both. Once one shares with the other, what
 * is equal is the same object, and a {@link Diff}, a merge or {@code equals} passes over it at a
 * glance; together they also take little more memory than one. It holds along a chain: if the second
 * version shares with the first and the third with the second, so do the third and the first.
 *
 * <p>Source: decision record 0007.
 */
public final class Sharing {

  private Sharing() {}

  /**
   * Returns a spec equal to {@code spec} that consists, as far as the two are equal, of the parts of
   * {@code earlier}: components, and in components that differ collections, items and values.
   *
   * <p>Takes about as long as one diff of two specs that share nothing.
   *
   * @param spec a spec that was just made, such as one that was read
   * @param earlier a spec that is kept, such as the version before
   * @return a spec for use in place of the given one; both arguments stay as they are
   */
  public static AppSpec of(AppSpec spec, AppSpec earlier) {
    requireNonNull(spec, "spec");
    requireNonNull(earlier, "earlier");
    AppSpec.Builder copy = spec.toBuilder();
    for (PropertyKind kind : PropertyKind.ofApp()) {
      kind.ofAppSlot().share(spec, earlier, copy);
    }
    List<Component> components = new ArrayList<>(spec.components().size());
    int i = 0;
    for (Component component : spec.components()) {
      @Nullable Component before = null;
      while (i < earlier.components().size() && order(earlier, i, component) <= 0) {
        before = earlier.components().get(i++);
      }
      components.add(
          before != null && before.id().equals(component.id())
              ? component(component, before)
              : component);
    }
    return copy.components(Keyed.copyOf(components)).build();
  }

  @SuppressWarnings("ReferenceEquality") // a shortcut: the same component has the same key
  private static int order(AppSpec earlier, int index, Component component) {
    Component before = earlier.components().get(index);
    return before == component ? 0 : before.id().compareTo(component.id());
  }

  private static Component component(Component component, Component earlier) {
    if (component.equals(earlier)) {
      return earlier;
    }
    Component.Builder copy = component.toBuilder().key(earlier.id());
    for (PropertyKind kind : PropertyKind.ofComponent()) {
      kind.ofComponentSlot().share(component, earlier, copy);
    }
    return copy.build();
  }
}
