// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.internal.InOrder;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Port;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds host names under which several components would be reached, so that nobody knows which one
 * answers.
 */
final class HostClashes {

  private HostClashes() {}

  /**
   * Returns the names, and the keys of the components that have ports of that name; mostly empty.
   *
   * @param wanted what is to be there
   * @param present what is there: a name that these components share already is no news
   * @param goal what the operation leads to: nor is one that they share there
   */
  static SortedMap<String, SortedSet<ComponentKey>> of(
      AppSpec wanted, AppSpec present, AppSpec goal) {
    Set<String> come = come(wanted, present);
    if (come.isEmpty()) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, SortedSet<ComponentKey>> shared = shared(come, wanted);
    if (!shared.isEmpty()) {
      SortedMap<String, SortedSet<ComponentKey>> before = shared(come, present);
      SortedMap<String, SortedSet<ComponentKey>> there = shared(come, goal);
      shared.entrySet().removeIf(entry -> has(before, entry) || has(there, entry));
    }
    return shared;
  }

  /** Returns the names that a component gets which did not have them; only those can clash anew. */
  @SuppressWarnings("ReferenceEquality") // a shortcut: what is shared has not changed
  private static Set<String> come(AppSpec wanted, AppSpec present) {
    Set<String> come = new HashSet<>(); // to look up only
    InOrder<Component> earlier = new InOrder<>(present.components());
    for (Component component : wanted.components()) {
      Component before = earlier.find(component);
      if (component == before) {
        continue;
      }
      for (Port port : component.ports()) {
        String name = port.kubernetesName();
        if (!name.isEmpty() && (before == null || !has(before, name))) {
          come.add(name);
        }
      }
    }
    return come;
  }

  /** Tells whether a component has a port of that name. */
  static boolean has(Component component, String name) {
    for (Port port : component.ports()) {
      if (port.kubernetesName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns components in words. */
  static String said(SortedSet<ComponentKey> components, Names names) {
    return components.stream().map(names::of).collect(Collectors.joining(" and "));
  }

  private static boolean has(
      SortedMap<String, SortedSet<ComponentKey>> shared,
      Map.Entry<String, SortedSet<ComponentKey>> entry) {
    SortedSet<ComponentKey> components = shared.get(entry.getKey());
    return components != null && components.containsAll(entry.getValue());
  }

  /** Returns those of the names that several components have. */
  private static SortedMap<String, SortedSet<ComponentKey>> shared(
      Set<String> names, AppSpec spec) {
    SortedMap<String, SortedSet<ComponentKey>> owners = new TreeMap<>();
    for (Component component : spec.components()) {
      for (Port port : component.ports()) {
        if (names.contains(port.kubernetesName())) {
          owners
              .computeIfAbsent(port.kubernetesName(), unused -> new TreeSet<>())
              .add(component.id());
        }
      }
    }
    owners.values().removeIf(components -> components.size() < 2);
    return owners;
  }
}
