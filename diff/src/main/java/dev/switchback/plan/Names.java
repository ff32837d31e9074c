// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What people call components: names for texts, in which the key alone would say nothing. */
final class Names {

  private final SortedMap<ComponentKey, String> byKey;

  private Names(SortedMap<ComponentKey, String> byKey) {
    this.byKey = byKey;
  }

  /** Collects the names in specs; where they differ the first one counts. */
  static Names in(List<AppSpec> specs) {
    SortedMap<ComponentKey, String> names = new TreeMap<>();
    for (AppSpec spec : specs) {
      for (Component component : spec.components()) {
        if (!component.displayName().equals(component.key())) {
          names.putIfAbsent(component.id(), component.displayName());
        }
      }
    }
    return new Names(Collections.unmodifiableSortedMap(names));
  }

  static Names of(Plan plan) {
    return new Names(plan.componentNames());
  }

  SortedMap<ComponentKey, String> byKey() {
    return byKey;
  }

  /** Returns the name and the key behind it, or the key alone. */
  String of(ComponentKey key) {
    String name = byKey.get(key);
    return name == null ? key.value() : name + " (" + key + ")";
  }

  /** Returns the name, or the key if there is none. */
  String shortly(ComponentKey key) {
    return byKey.getOrDefault(key, key.value());
  }

  /** Returns kind, item and component in words, like the text of a place. */
  String of(Place place) {
    if (place.property() == PropertyKind.COMPONENT) {
      return place.property().code() + " " + place.component().map(this::of).orElse(place.item());
    }
    String named = inItem(place.property(), place.item());
    return place.property().code()
        + (place.item().isEmpty() ? "" : " " + place.item())
        + (named.isEmpty() ? "" : " (" + named + ")")
        + place.component().map(key -> " of " + of(key)).orElse("");
  }

  /** Returns the name of the component whose key is part of the key of an item; else empty. */
  String inItem(PropertyKind property, String item) {
    if (!Owners.pointsToComponent(property)) {
      return "";
    }
    for (Map.Entry<ComponentKey, String> entry : byKey.entrySet()) {
      String key = entry.getKey().value();
      boolean holds = property == PropertyKind.CONFIG_MEMBER
          ? item.endsWith("/" + key)
          : item.equals(key) || item.startsWith(key + "/") || item.startsWith(key + ":");
      if (holds) {
        return entry.getValue();
      }
    }
    return "";
  }
}
