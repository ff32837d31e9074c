// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Port;
import java.util.HashMap;
import java.util.Map;
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
    SortedMap<String, SortedSet<ComponentKey>> shared = shared(wanted);
    if (!shared.isEmpty()) {
      shared.entrySet().removeIf(entry -> has(shared(present), entry) || has(shared(goal), entry));
    }
    return shared;
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

  private static SortedMap<String, SortedSet<ComponentKey>> shared(AppSpec spec) {
    Map<String, ComponentKey> first = new HashMap<>(); // to look up only
    SortedMap<String, SortedSet<ComponentKey>> shared = new TreeMap<>();
    for (Component component : spec.components()) {
      for (Port port : component.ports()) {
        String name = port.kubernetesName();
        ComponentKey other = name.isEmpty() ? null : first.putIfAbsent(name, component.id());
        if (other != null && !other.equals(component.id())) {
          SortedSet<ComponentKey> keys = shared.computeIfAbsent(name, unused -> new TreeSet<>());
          keys.add(other);
          keys.add(component.id());
        }
      }
    }
    return shared;
  }
}
