// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Mount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The components of a spec by who needs whom: through a dependency or a mounted volume.
 *
 * <p>Components that need each other in a circle form one <em>group</em>; any other component is a
 * group of its own. Groups are numbered so that a group needs only groups with smaller numbers.
 * They are found by Tarjan's algorithm with a stack of its own, so a chain may be of any length;
 * time and space are linear in components and edges.
 */
final class ComponentGraph {

  private final List<ComponentKey> keys;
  private final int[][] needs;
  private final int[] group;
  private final List<List<ComponentKey>> cycles = new ArrayList<>();
  private int groups;

  private ComponentGraph(List<ComponentKey> keys, int[][] needs) {
    this.keys = keys;
    this.needs = needs;
    this.group = new int[keys.size()];
    findGroups();
  }

  static ComponentGraph of(AppSpec spec) {
    List<Component> components = spec.components().asList();
    List<ComponentKey> keys = new ArrayList<>(components.size());
    Map<ComponentKey, Integer> index = new HashMap<>();
    for (Component component : components) {
      ComponentKey key = component.id();
      index.put(key, keys.size());
      keys.add(key);
    }
    int[][] needs = new int[keys.size()][];
    for (int i = 0; i < needs.length; i++) {
      Component component = components.get(i);
      int[] found = new int[component.dependencies().size() + component.mounts().size()];
      int count = 0;
      for (Dependency dependency : component.dependencies()) {
        count = add(index.get(dependency.provider()), found, count);
      }
      for (Mount mount : component.mounts()) {
        // A component may mount a volume of its own; that orders nothing.
        Integer provider = index.get(mount.provider());
        if (provider != null && provider != i) {
          count = add(provider, found, count);
        }
      }
      Arrays.sort(found, 0, count);
      needs[i] = Arrays.copyOf(found, count);
    }
    return new ComponentGraph(keys, needs);
  }

  private static int add(@Nullable Integer provider, int[] found, int count) {
    if (provider == null) {
      return count; // a dangling edge
    }
    for (int i = 0; i < count; i++) {
      if (found[i] == provider) {
        return count;
      }
    }
    found[count] = provider;
    return count + 1;
  }

  private void findGroups() {
    int n = keys.size();
    int[] number = new int[n];
    int[] low = new int[n];
    int[] next = new int[n];
    int[] path = new int[n];
    int[] open = new int[n];
    boolean[] isOpen = new boolean[n];
    int opened = 0;
    int counter = 0;
    for (int root = 0; root < n; root++) {
      if (number[root] != 0) {
        continue;
      }
      int depth = 0;
      path[0] = root;
      number[root] = low[root] = ++counter;
      open[opened++] = root;
      isOpen[root] = true;
      while (depth >= 0) {
        int at = path[depth];
        if (next[at] < needs[at].length) {
          int to = needs[at][next[at]++];
          if (number[to] == 0) {
            number[to] = low[to] = ++counter;
            open[opened++] = to;
            isOpen[to] = true;
            path[++depth] = to;
          } else if (isOpen[to]) {
            low[at] = Math.min(low[at], number[to]);
          }
          continue;
        }
        if (low[at] == number[at]) {
          opened = close(at, open, opened, isOpen);
        }
        depth--;
        if (depth >= 0) {
          low[path[depth]] = Math.min(low[path[depth]], low[at]);
        }
      }
    }
    cycles.sort((left, right) -> left.get(0).compareTo(right.get(0)));
  }

  private int close(int root, int[] open, int opened, boolean[] isOpen) {
    List<ComponentKey> members = new ArrayList<>();
    int top = opened;
    int member;
    do {
      member = open[--top];
      isOpen[member] = false;
      group[member] = groups;
      members.add(keys.get(member));
    } while (member != root);
    groups++;
    if (members.size() > 1 || Arrays.binarySearch(needs[root], root) >= 0) {
      Collections.sort(members);
      cycles.add(members);
    }
    return top;
  }

  /** Returns the circles, each in key order, ordered by their first key. */
  List<List<ComponentKey>> cycles() {
    return cycles;
  }

  /**
   * Puts the components that {@code selected} accepts in order: each layer needs only layers before
   * it, directly or through components that are not selected. A circle lies in one layer.
   */
  List<List<ComponentKey>> layers(Predicate<ComponentKey> selected) {
    int n = keys.size();
    // Groups come out of Tarjan's algorithm providers first, so one pass in that order is enough.
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (left, right) -> Integer.compare(group[left], group[right]));
    int[] level = new int[groups];
    boolean[] counts = new boolean[groups];
    for (Integer at : order) {
      int own = group[at];
      counts[own] |= selected.test(keys.get(at));
      for (int to : needs[at]) {
        if (group[to] != own) {
          level[own] = Math.max(level[own], level[group[to]] + (counts[group[to]] ? 1 : 0));
        }
      }
    }
    TreeMap<Integer, List<ComponentKey>> layers = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      if (selected.test(keys.get(i))) {
        layers.computeIfAbsent(level[group[i]], unused -> new ArrayList<>()).add(keys.get(i));
      }
    }
    return List.copyOf(layers.values());
  }

  /** Returns by provider the components that need it directly, in key order; to look up only. */
  Map<ComponentKey, List<ComponentKey>> consumers() {
    Map<ComponentKey, List<ComponentKey>> consumers = new HashMap<>();
    for (int i = 0; i < needs.length; i++) {
      for (int to : needs[i]) {
        if (to != i) {
          consumers.computeIfAbsent(keys.get(to), unused -> new ArrayList<>()).add(keys.get(i));
        }
      }
    }
    return consumers;
  }
}
