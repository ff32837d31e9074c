// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What somebody would write by hand over {@link Plain} records. */
final class HandCoded {

  private HandCoded() {}

  static List<Plain.Component> of(Mix mix, int version) {
    List<Plain.Component> components = new ArrayList<>();
    for (int number : mix.components(version)) {
      components.add(mix.component(number, version));
    }
    return components;
  }

  /** Counts the components that differ: the least that has to be done to know that. */
  static int unequal(List<Plain.Component> from, List<Plain.Component> to) {
    Map<String, Plain.Component> byKey = byKey(from, Plain.Component::key);
    int unequal = 0;
    for (Plain.Component after : to) {
      if (!after.equals(byKey.remove(after.key()))) {
        unequal++;
      }
    }
    return unequal + byKey.size();
  }

  /**
   * Finds what differs, item by item; explains nothing, keeps no values and knows only this mix: a
   * floor for a diff.
   */
  static List<Object> differences(List<Plain.Component> from, List<Plain.Component> to) {
    List<Object> found = new ArrayList<>();
    Map<String, Plain.Component> byKey = byKey(from, Plain.Component::key);
    for (Plain.Component after : to) {
      Plain.Component before = byKey.remove(after.key());
      if (before == null) {
        found.add(after);
      } else {
        compare(before, after, found);
      }
    }
    found.addAll(byKey.values());
    return found;
  }

  private static void compare(Plain.Component before, Plain.Component after, List<Object> found) {
    value(before.image(), after.image(), found);
    value(before.command(), after.command(), found);
    value(before.versionLabel(), after.versionLabel(), found);
    value(before.shareUuid(), after.shareUuid(), found);
    value(before.name(), after.name(), found);
    value(before.alias(), after.alias(), found);
    if (before.memoryMb() != after.memoryMb()
        || before.cpuMillis() != after.cpuMillis()
        || before.replicas() != after.replicas()) {
      found.add(after);
    }
    items(before.env(), after.env(), Plain.Env::name, found);
    items(before.connections(), after.connections(), Plain.Env::name, found);
    items(before.ports(), after.ports(), Plain.Port::number, found);
    items(before.volumes(), after.volumes(), Plain.Volume::path, found);
    items(before.configFiles(), after.configFiles(), Plain.ConfigFile::path, found);
    items(before.probes(), after.probes(), Plain.Probe::mode, found);
    items(before.dependencies(), after.dependencies(), Plain.Dependency::provider, found);
    items(before.labels(), after.labels(), Plain.Label::name, found);
  }

  private static void value(Object before, Object after, List<Object> found) {
    if (!before.equals(after)) {
      found.add(after);
    }
  }

  private static <T> void items(
      List<T> before, List<T> after, Function<T, Object> key, List<Object> found) {
    if (before.equals(after)) {
      return;
    }
    Map<Object, T> byKey = byKey(before, key);
    for (T item : after) {
      if (!Objects.equals(byKey.remove(key.apply(item)), item)) {
        found.add(item);
      }
    }
    found.addAll(byKey.values());
  }

  private static <K, T> Map<K, T> byKey(List<T> items, Function<T, K> key) {
    Map<K, T> map = new HashMap<>(items.size() * 4 / 3 + 1);
    for (T item : items) {
      map.put(key.apply(item), item);
    }
    return map;
  }
}
