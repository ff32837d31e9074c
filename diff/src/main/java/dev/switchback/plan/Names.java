// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.internal.InOrder;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people call components: names for texts, in which the key alone would say nothing. */
final class Names {

  private static final int MOST_PLACES = 20;

  private final SortedMap<ComponentKey, String> byKey;
  private @Nullable Map<String, String> byText; // made when needed, to look up only

  private Names(SortedMap<ComponentKey, String> byKey) {
    this.byKey = byKey;
  }

  /** Collects the names in specs; where they differ the first one counts. */
  static Names in(List<AppSpec> specs) {
    SortedMap<ComponentKey, String> names = new TreeMap<>();
    AppSpec before = AppSpec.empty();
    for (AppSpec spec : specs) {
      InOrder<Component> known = new InOrder<>(before.components());
      for (Component component : spec.components()) {
        if (!isCalledTheSame(component, known.find(component))
            && !component.displayName().equals(component.key())) {
          names.putIfAbsent(component.id(), component.displayName());
        }
      }
      before = spec;
    }
    return new Names(Collections.unmodifiableSortedMap(names));
  }

  @SuppressWarnings("ReferenceEquality") // a shortcut: the same component has the same name
  private static boolean isCalledTheSame(Component component, @Nullable Component earlier) {
    return component == earlier
        || (earlier != null && component.displayName().equals(earlier.displayName()));
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

  /** Returns the same for a key in a text; null if it is that of no component with a name. */
  @Nullable
  String ofText(String key) {
    String name = byText().get(key);
    return name == null ? null : name + " (" + key + ")";
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

  /** Returns all of them, the first twenty in words. */
  String of(Collection<Place> places) {
    String more =
        places.size() > MOST_PLACES ? " and " + (places.size() - MOST_PLACES) + " more" : "";
    return places.stream().limit(MOST_PLACES).map(this::of).collect(Collectors.joining(", "))
        + more;
  }

  /** Returns the name of the component whose key is part of the key of an item; else empty. */
  String inItem(PropertyKind property, String item) {
    if (!Owners.pointsToComponent(property)) {
      return "";
    }
    return property == PropertyKind.CONFIG_MEMBER ? atEnd(item) : atStart(item);
  }

  /** Looks behind each slash: a group may have slashes in its name, and so may a key. */
  private String atEnd(String item) {
    String found = null;
    for (int i = item.indexOf('/'); i >= 0; i = item.indexOf('/', i + 1)) {
      String key = item.substring(i + 1);
      if (byText().containsKey(key) && (found == null || key.compareTo(found) < 0)) {
        found = key;
      }
    }
    return found == null ? "" : byText().getOrDefault(found, "");
  }

  /** Looks before each slash and colon: the shortest key counts, being the first in order. */
  private String atStart(String item) {
    for (int i = 0; i <= item.length(); i++) {
      if (i == item.length() || item.charAt(i) == '/' || item.charAt(i) == ':') {
        String name = byText().get(item.substring(0, i));
        if (name != null) {
          return name;
        }
      }
    }
    return "";
  }

  private Map<String, String> byText() {
    if (byText == null) {
      byText = new HashMap<>(byKey.size() * 4 / 3 + 1);
      for (Map.Entry<ComponentKey, String> entry : byKey.entrySet()) {
        byText.put(entry.getKey().value(), entry.getValue());
      }
    }
    return byText;
  }
}
