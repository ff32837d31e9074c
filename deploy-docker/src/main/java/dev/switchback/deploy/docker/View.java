// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What there is of one component: its turns, earliest first, and its proxies.
 *
 * <p>More than one turn means that a handover is under way.
 */
record View(ComponentKey component, List<Turn> turns, List<Seen> proxies) {

  View {
    turns = List.copyOf(turns);
    proxies = List.copyOf(proxies);
  }

  /** Sorts the containers of one app into views, by component. */
  static SortedMap<ComponentKey, View> of(List<Seen> containers) {
    SortedMap<ComponentKey, List<Seen>> sorted = new TreeMap<>();
    for (Seen seen : containers) {
      sorted
          .computeIfAbsent(new ComponentKey(seen.label(Labels.COMPONENT)), key -> new ArrayList<>())
          .add(seen);
    }
    SortedMap<ComponentKey, View> views = new TreeMap<>();
    sorted.forEach((key, seen) -> views.put(key, of(key, seen)));
    return views;
  }

  static View of(ComponentKey key, List<Seen> containers) {
    SortedMap<Long, List<Seen>> turns = new TreeMap<>();
    List<Seen> proxies = new ArrayList<>();
    for (Seen seen : containers) {
      if (seen.isProxy()) {
        proxies.add(seen);
      } else {
        turns
            .computeIfAbsent(seen.number(Labels.TURN), turn -> new ArrayList<>())
            .add(seen);
      }
    }
    turns
        .values()
        .forEach(seen -> seen.sort(Comparator.comparingLong(s -> s.number(Labels.REPLICA))));
    proxies.sort(Comparator.comparing(Seen::name));
    return new View(
        key,
        turns.entrySet().stream().map(e -> new Turn(e.getKey(), e.getValue())).toList(),
        proxies);
  }

  /** The latest turn: what is wanted. */
  Optional<Turn> current() {
    return turns.isEmpty() ? Optional.empty() : Optional.of(turns.get(turns.size() - 1));
  }

  /** The turns before the latest: what is to go once that one is healthy. */
  List<Turn> older() {
    return turns.isEmpty() ? List.of() : turns.subList(0, turns.size() - 1);
  }

  List<Seen> olderInstances() {
    return older().stream().flatMap(turn -> turn.instances().stream()).toList();
  }

  /** What is left when the turns before the latest are gone. */
  View withoutOlder() {
    return new View(component, current().stream().toList(), proxies);
  }

  /** Tells whether anything of it runs, and so whether the app's network is there. */
  boolean isInNetwork() {
    return Stream.concat(
            turns.stream().flatMap(turn -> turn.instances().stream()), proxies.stream())
        .anyMatch(seen -> seen.isRunning() && !seen.address().isEmpty());
  }

  /** Tells whether {@code step} was asked for before, and something else after it. */
  boolean isPast(StepId step) {
    return current().map(turn -> turn.steps().indexOf(step.value()) > 0).orElse(false);
  }
}
