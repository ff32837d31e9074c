// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Mount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The components of a spec by who needs whom: through a dependency or a mounted volume.
 *
 * <p>Components that need each other in a circle form one <em>group</em>; any other component is a
 * group of its own. Groups are numbered so that a group needs only groups with smaller numbers.
 * They are found by Tarjan's algorithm with a stack of its own, so a chain may be of any length;
 * time and space are linear in components and edges.
 */
final class ComponentGraph {

  private final Keyed<Component> components;
  private final Map<String, Integer> index; // of the nodes, to look up only
  private final int[][] needs;
  private final SortedSet<ComponentKey> dangling;
  private final int[] group;
  private final int[] order; // of the nodes, by group
  private final List<List<ComponentKey>> cycles = new ArrayList<>();
  private int groups;
  private int closed;

  private ComponentGraph(
      Keyed<Component> components,
      Map<String, Integer> index,
      int[][] needs,
      SortedSet<ComponentKey> dangling) {
    this.components = components;
    this.index = index;
    this.needs = needs;
    this.dangling = dangling;
    this.group = new int[needs.length];
    this.order = new int[needs.length];
    findGroups();
  }

  static ComponentGraph of(AppSpec spec) {
    Keyed<Component> components = spec.components();
    Map<String, Integer> index = new HashMap<>(components.size() * 4 / 3 + 1);
    for (Component component : components) {
      index.put(component.key(), index.size());
    }
    int[][] needs = new int[components.size()][];
    SortedSet<ComponentKey> dangling = new TreeSet<>();
    for (int i = 0; i < needs.length; i++) {
      Component component = components.get(i);
      int[] found = new int[component.dependencies().size() + component.mounts().size()];
      int count = 0;
      for (Dependency dependency : component.dependencies()) {
        Integer provider = index.get(dependency.provider().value());
        if (provider == null) {
          dangling.add(component.id());
        } else {
          count = add(provider, found, count);
        }
      }
      for (Mount mount : component.mounts()) {
        // A component may mount a volume of its own; that orders nothing.
        Integer provider = index.get(mount.provider().value());
        if (provider == null) {
          dangling.add(component.id());
        } else if (provider != i) {
          count = add(provider, found, count);
        }
      }
      Arrays.sort(found, 0, count);
      needs[i] = Arrays.copyOf(found, count);
    }
    return new ComponentGraph(components, index, needs, dangling);
  }

  private static int add(int provider, int[] found, int count) {
    for (int i = 0; i < count; i++) {
      if (found[i] == provider) {
        return count;
      }
    }
    found[count] = provider;
    return count + 1;
  }

  private ComponentKey key(int node) {
    return components.get(node).id();
  }

  private void findGroups() {
    int n = needs.length;
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

  /** Makes a group of what was opened since its root, and returns how much is open still. */
  private int close(int root, int[] open, int opened, boolean[] isOpen) {
    int top = opened;
    int member;
    do {
      member = open[--top];
      isOpen[member] = false;
      group[member] = groups;
      order[closed++] = member;
    } while (member != root);
    groups++;
    if (opened - top > 1 || Arrays.binarySearch(needs[root], root) >= 0) {
      List<ComponentKey> members = new ArrayList<>();
      for (int i = top; i < opened; i++) {
        members.add(key(open[i]));
      }
      Collections.sort(members);
      cycles.add(members);
    }
    return top;
  }

  /** Returns the circles, each in key order, ordered by their first key. */
  List<List<ComponentKey>> cycles() {
    return cycles;
  }

  /** Returns the components with a dependency or mount of a component that is not there. */
  SortedSet<ComponentKey> dangling() {
    return dangling;
  }

  private boolean[] marked(Collection<ComponentKey> keys) {
    boolean[] marked = new boolean[needs.length];
    for (ComponentKey key : keys) {
      Integer node = index.get(key.value());
      if (node != null) {
        marked[node] = true;
      }
    }
    return marked;
  }

  /**
   * Puts the components that are {@code selected} in order: each layer needs only layers before it,
   * directly or through components that are not selected. A circle lies in one layer.
   */
  List<List<ComponentKey>> layers(Collection<ComponentKey> selected) {
    // Groups come out of Tarjan's algorithm providers first, so one pass in that order is enough.
    int[] level = new int[groups];
    boolean[] counts = new boolean[groups];
    boolean[] chosen = marked(selected);
    for (int at : order) {
      int own = group[at];
      counts[own] |= chosen[at];
      for (int to : needs[at]) {
        if (group[to] != own) {
          level[own] = Math.max(level[own], level[group[to]] + (counts[group[to]] ? 1 : 0));
        }
      }
    }
    TreeMap<Integer, List<ComponentKey>> layers = new TreeMap<>();
    for (int i = 0; i < chosen.length; i++) {
      if (chosen[i]) {
        layers.computeIfAbsent(level[group[i]], unused -> new ArrayList<>()).add(key(i));
      }
    }
    return List.copyOf(layers.values());
  }

  /** Shows each component that needs one of {@code providers} directly, with that provider. */
  void forEachConsumer(
      Collection<ComponentKey> providers, BiConsumer<Component, Component> visitor) {
    boolean[] provides = marked(providers);
    for (int i = 0; i < needs.length; i++) {
      for (int to : needs[i]) {
        if (to != i && provides[to]) {
          visitor.accept(components.get(i), components.get(to));
        }
      }
    }
  }
}
