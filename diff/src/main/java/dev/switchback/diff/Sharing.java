// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.List;

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

  private final AppSpec spec;
  private final List<Component> components;
  private int next;
  private boolean equal = true;

  private Sharing(AppSpec spec) {
    this.spec = spec;
    this.components = new ArrayList<>(spec.components().size());
  }

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
    return of(List.of(spec), earlier).get(0);
  }

  /**
   * Does the same for several specs, with one look at {@code earlier}.
   *
   * @return the specs to use in place of the given ones, in their order
   */
  public static List<AppSpec> of(List<AppSpec> specs, AppSpec earlier) {
    List<Sharing> all = specs.stream().map(Sharing::new).toList();
    for (Component component : earlier.components()) {
      for (Sharing each : all) {
        each.take(component);
      }
    }
    return all.stream().map(each -> each.finish(earlier)).toList();
  }

  /** Shares what has the key of an earlier component; these come in key order. */
  @SuppressWarnings("ReferenceEquality") // what is shared is the very same
  private void take(Component earlier) {
    int order = 1;
    while (next < spec.components().size() && order > 0) {
      Component component = spec.components().get(next);
      order = component == earlier ? 0 : earlier.id().compareTo(component.id());
      if (order >= 0) {
        components.add(order == 0 ? component(component, earlier) : component);
        next++;
      }
    }
    equal &= order == 0 && components.get(next - 1) == earlier;
  }

  private AppSpec finish(AppSpec earlier) {
    AppSpec.Builder copy = spec.toBuilder();
    for (PropertyKind kind : PropertyKind.ofApp()) {
      kind.ofAppSlot().share(spec, earlier, copy);
    }
    while (next < spec.components().size()) {
      components.add(spec.components().get(next++));
    }
    boolean same = equal && components.size() == earlier.components().size();
    return copy.components(same ? earlier.components() : Keyed.copyOf(components))
        .build();
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
