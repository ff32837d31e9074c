// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.internal.Slices;
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

  private Sharing() {}

  /**
   * Returns a spec equal to {@code spec} that consists, as far as the two are equal, of the parts of
   * {@code earlier}: components, and in components that differ collections, items and values.
   *
   * <p>Takes about as long as one diff of two specs that share nothing; large ones are looked at on
   * all processors.
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
    List<Keyed<Component>> all = new ArrayList<>(List.of(earlier.components()));
    specs.forEach(spec -> all.add(spec.components()));
    List<List<InSlice>> slices = Slices.map(all, InSlice::all);
    List<AppSpec> shared = new ArrayList<>(specs.size());
    for (int i = 0; i < specs.size(); i++) {
      List<Component> components = new ArrayList<>(specs.get(i).components().size());
      boolean equal = true;
      for (List<InSlice> slice : slices) {
        components.addAll(slice.get(i).shared);
        equal &= slice.get(i).equal;
      }
      shared.add(
          with(equal ? earlier.components() : Keyed.copyOf(components), specs.get(i), earlier));
    }
    return shared;
  }

  private static AppSpec with(Keyed<Component> components, AppSpec spec, AppSpec earlier) {
    AppSpec.Builder copy = spec.toBuilder();
    for (PropertyKind kind : PropertyKind.ofApp()) {
      kind.ofAppSlot().share(spec, earlier, copy);
    }
    return copy.components(components).build();
  }

  /** The components of one of the specs in a slice of all. */
  private static final class InSlice {

    private final List<Component> components;
    private final List<Component> shared;
    private int next;
    private boolean equal = true;

    private InSlice(List<Component> components) {
      this.components = components;
      this.shared = new ArrayList<>(components.size());
    }

    /** Shares with the earlier components, which come first, what all others have. */
    static List<InSlice> all(List<List<Component>> slice) {
      List<InSlice> all = slice.stream().skip(1).map(InSlice::new).toList();
      for (Component component : slice.get(0)) {
        for (InSlice each : all) {
          each.take(component);
        }
      }
      all.forEach(each -> each.finish(slice.get(0).size()));
      return all;
    }

    /** Shares what has the key of an earlier component; these come in key order. */
    @SuppressWarnings("ReferenceEquality") // what is shared is the very same
    private void take(Component earlier) {
      int order = 1;
      while (next < components.size() && order > 0) {
        Component component = components.get(next);
        order = component == earlier ? 0 : earlier.id().compareTo(component.id());
        if (order >= 0) {
          shared.add(order == 0 ? component(component, earlier) : component);
          next++;
        }
      }
      equal &= order == 0 && shared.get(next - 1) == earlier;
    }

    private void finish(int size) {
      equal &= components.size() == size;
      shared.addAll(components.subList(next, components.size()));
    }
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
