// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sets and removes single items of a spec, many at once, and makes the changed spec.
 *
 * <p>Collects first and copies once: each collection that an edit touches is rebuilt once, whatever
 * the number of edits. The last edit of a place counts. Not safe for use by several threads.
 */
public final class SpecEditor {

  private final AppSpec start;
  private final SortedMap<ComponentKey, Optional<Component>> components = new TreeMap<>();
  private final Edits appEdits = new Edits();
  private final Map<ComponentKey, Edits> componentEdits = new HashMap<>(); // looked up by component

  private SpecEditor(AppSpec start) {
    this.start = requireNonNull(start, "start");
  }

  /** Starts from a spec, which stays as it is. */
  public static SpecEditor of(AppSpec spec) {
    return new SpecEditor(spec);
  }

  /**
   * Sets the item at a place, in place of the one that was there.
   *
   * @throws IllegalArgumentException if the item is not of the kind of the place, or its key differs
   */
  public SpecEditor put(Place place, Keyed.Item item) {
    Items.checkFits(place, item);
    return set(place, item);
  }

  /**
   * Removes the item at a place; harmless if there is none.
   *
   * @throws IllegalArgumentException if the kind of property is always there
   */
  public SpecEditor remove(Place place) {
    if (place.property().isAlwaysThere()) {
      throw new IllegalArgumentException("Cannot remove " + place + ": it always has a value");
    }
    return set(place, null);
  }

  /** Makes a place hold what it holds after the change, whatever it holds now. */
  public SpecEditor apply(Change change) {
    return set(change.place(), change.afterItem());
  }

  private SpecEditor set(Place place, Keyed.@Nullable Item item) {
    ComponentKey owner = place.owner();
    if (owner == null) {
      appEdits.set(place.property(), place.item(), item);
    } else if (place.property() == PropertyKind.COMPONENT) {
      components.put(owner, Optional.ofNullable((Component) item));
      componentEdits.remove(owner);
    } else {
      componentEdits
          .computeIfAbsent(owner, key -> new Edits())
          .set(place.property(), place.item(), item);
    }
    return this;
  }

  /** Tells whether nothing was asked for. */
  boolean isEmpty() {
    return appEdits.byKind.isEmpty() && components.isEmpty() && componentEdits.isEmpty();
  }

  /**
   * Returns the changed spec.
   *
   * @throws IllegalArgumentException if an item was set in a component that is not there
   */
  public AppSpec finish() {
    AppSpec.Builder result = start.toBuilder();
    appEdits.byKind.forEach((kind, edits) ->
        kind.ofAppSlot().put(result, changed(kind.ofAppSlot().items(start), edits)));
    if (!components.isEmpty() || !componentEdits.isEmpty()) {
      result.components(start.components().with(changedComponents()));
    }
    return result.build();
  }

  /** Returns the components that an edit concerns as they come out; empty for those that go. */
  private Map<String, Optional<Component>> changedComponents() {
    SortedMap<String, Optional<Component>> changed = new TreeMap<>();
    components.forEach((key, put) -> changed.put(key.value(), put));
    SortedSet<ComponentKey> absent = new TreeSet<>();
    componentEdits.forEach((key, edits) -> {
      Component component = components.getOrDefault(key, start.component(key)).orElse(null);
      if (component != null) {
        changed.put(key.value(), Optional.of(edited(component, edits)));
      } else if (edits.hasItems()) {
        absent.add(key);
      }
    });
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot edit component " + absent.first() + ": the app has no such component");
    }
    return changed;
  }

  private static Component edited(Component component, Edits edits) {
    Component.Builder result = component.toBuilder();
    edits.byKind.forEach((kind, byItem) -> {
      Slot<Component, Component.Builder> slot = kind.ofComponentSlot();
      slot.put(result, changed(slot.items(component), byItem));
    });
    return result.build();
  }

  private static List<Keyed.Item> changed(
      Keyed<? extends Keyed.Item> items, SortedMap<String, Optional<Keyed.Item>> edits) {
    // Both are in key order, and so is what comes of them: nothing is left to sort.
    List<Keyed.Item> result = new ArrayList<>(items.size() + edits.size());
    int next = 0;
    for (Map.Entry<String, Optional<Keyed.Item>> edit : edits.entrySet()) {
      int order = -1;
      while (next < items.size() && (order = items.get(next).key().compareTo(edit.getKey())) < 0) {
        result.add(items.get(next++));
      }
      if (next < items.size() && order == 0) {
        next++;
      }
      edit.getValue().ifPresent(result::add);
    }
    while (next < items.size()) {
      result.add(items.get(next++));
    }
    return result;
  }

  /** What was asked for in one owner: per kind and item key the item, or empty to remove it. */
  private static final class Edits {

    // Of the dozens of kinds few are edited in one owner, so no map with room for all of them.
    private final SortedMap<PropertyKind, SortedMap<String, Optional<Keyed.Item>>> byKind =
        new TreeMap<>();

    void set(PropertyKind kind, String key, Keyed.@Nullable Item item) {
      byKind.computeIfAbsent(kind, any -> new TreeMap<>()).put(key, Optional.ofNullable(item));
    }

    boolean hasItems() {
      return byKind.values().stream()
          .anyMatch(items -> items.values().stream().anyMatch(Optional::isPresent));
    }
  }
}
