// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts components in waves as somebody would write it by hand: Kahn's algorithm over maps. */
final class Order {

  private Order() {}

  static List<List<String>> waves(List<Plain.Component> components) {
    Map<String, Integer> open = new HashMap<>();
    Map<String, List<String>> consumers = new HashMap<>();
    for (Plain.Component component : components) {
      open.put(component.key(), component.dependencies().size());
      for (Plain.Dependency dependency : component.dependencies()) {
        consumers
            .computeIfAbsent(dependency.provider(), key -> new ArrayList<>())
            .add(component.key());
      }
    }
    List<List<String>> waves = new ArrayList<>();
    List<String> wave = new ArrayList<>();
    open.forEach((key, count) -> {
      if (count == 0) {
        wave.add(key);
      }
    });
    List<String> next = wave;
    while (!next.isEmpty()) {
      waves.add(next);
      List<String> following = new ArrayList<>();
      for (String provider : next) {
        for (String consumer : consumers.getOrDefault(provider, List.of())) {
          if (open.merge(consumer, -1, Integer::sum) == 0) {
            following.add(consumer);
          }
        }
      }
      next = following;
    }
    return waves;
  }
}
