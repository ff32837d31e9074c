// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Rule;
import dev.switchback.model.ComponentKey;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy that differs from its preset.
 *
 * @param property the kind of property
 * @param component the component it is for, by its key in the app; null for every one
 * @param item the item it is for, by its key; null for every one
 * @param rule the rule
 */
public record PolicyOverride(
    PropertyKind property,
    @Nullable ComponentKey component,
    @Nullable String item,
    Rule rule) {

  static final Comparator<PolicyOverride> ORDER = Comparator.comparing(PolicyOverride::property)
      .thenComparing(override -> override.component == null ? "" : override.component.value())
      .thenComparing(override -> override.item != null)
      .thenComparing(override -> override.item == null ? "" : override.item);

  /** Checks that nothing is missing. */
  public PolicyOverride {
    requireNonNull(property, "property");
    requireNonNull(rule, "rule");
  }

  boolean isFor(PropertyKind kind, @Nullable ComponentKey key, @Nullable String name) {
    return property == kind && Objects.equals(component, key) && Objects.equals(item, name);
  }
}
