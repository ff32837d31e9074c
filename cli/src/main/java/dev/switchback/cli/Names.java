// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.Component;
import dev.switchback.plan.Plan;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What people call the components of an app, for what is printed beside their keys. */
final class Names {

  private final TreeMap<ComponentKey, String> byKey = new TreeMap<>();

  private Names() {}

  /** Knows no name. */
  static Names none() {
    return new Names();
  }

  static Names of(Plan plan) {
    return new Names().add(plan.componentNames());
  }

  /** Knows the names in the recorded state. */
  static Names of(AppState state) {
    return new Names().and(state);
  }

  private Names add(Map<ComponentKey, String> names) {
    names.forEach((key, name) -> byKey.putIfAbsent(key, name));
    return this;
  }

  /** Adds the names of components that are not known yet. */
  Names and(AppState state) {
    for (Component component : state.spec().components()) {
      if (!component.displayName().equals(component.key())) {
        byKey.putIfAbsent(component.id(), component.displayName());
      }
    }
    return this;
  }

  /** Returns the name; null if there is no component or it has none but its key. */
  @Nullable
  String name(@Nullable ComponentKey key) {
    return key == null ? null : byKey.get(key);
  }

  /** Returns the name with the key in brackets, or the key alone; {@code none} if there is no key. */
  String text(@Nullable ComponentKey key, String none) {
    if (key == null) {
      return none;
    }
    String name = byKey.get(key);
    return name == null ? key.value() : name + " (" + key + ")";
  }
}
