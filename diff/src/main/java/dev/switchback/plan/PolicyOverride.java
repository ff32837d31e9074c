// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.Level;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Rule;
import dev.switchback.model.ComponentKey;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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

  /**
   * Checks that nothing is missing.
   *
   * @throws IllegalArgumentException if the property belongs to the app and a component is named, or
   *     the rule names a field that such items do not have: it would do nothing, unnoticed
   */
  public PolicyOverride {
    requireNonNull(property, "property");
    requireNonNull(rule, "rule");
    if (component != null && property.level() == Level.APP) {
      throw new IllegalArgumentException("Invalid rule for " + property.code() + " of component "
          + component + ": it belongs to the app");
    }
    checkFields(property, rule);
  }

  private static void checkFields(PropertyKind property, Rule rule) {
    RecordComponent[] fields = property.itemType().getRecordComponents();
    List<String> names = fields == null
        ? List.of()
        : Arrays.stream(fields).map(RecordComponent::getName).toList();
    Stream.concat(rule.fields().stream(), rule.openOnlyFields().stream())
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException("Invalid rule for " + property.code()
              + ": it has no field '" + name + "', only " + String.join(", ", names));
        });
  }

  boolean isFor(PropertyKind kind, @Nullable ComponentKey key, @Nullable String name) {
    return property == kind && Objects.equals(component, key) && Objects.equals(item, name);
  }
}
