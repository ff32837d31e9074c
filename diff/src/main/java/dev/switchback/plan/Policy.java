// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.Place;
import dev.switchback.diff.Preset;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Rule;
import dev.switchback.model.ComponentKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an upgrade may change: a preset, and the rules in which it differs from it.
 *
 * <p>All of it is data. The narrowest rule wins: for an item of a component, for an item anywhere,
 * for a component, for a property, then the preset. Two policies with the same preset, name and
 * rules are equal.
 *
 * <p>The rules are about what the vendor changed. What only the operator changed stays as it is
 * under every preset but {@link #exact()}, which takes the target's value for that too.
 */
public final class Policy {

  private final Preset preset;
  private final String name;
  private final List<PolicyOverride> overrides;

  private Policy(Builder builder) {
    this.preset = builder.preset;
    this.name = builder.name;
    this.overrides = builder.overrides.stream().sorted(PolicyOverride.ORDER).toList();
  }

  /** Returns a preset as it is. */
  public static Policy of(Preset preset) {
    return new Builder(preset, preset.code()).build();
  }

  /**
   * Returns the default: env values, content of configuration files and storage stay as they are;
   * new ones are added; everything else follows the published table.
   */
  public static Policy preserveEnvironment() {
    return of(Preset.PRESERVE_ENVIRONMENT);
  }

  /** Returns the published table as it stands; content of configuration files is updated. */
  public static Policy rainbond() {
    return of(Preset.RAINBOND);
  }

  /** Returns the three-way merge: what both sides changed is a conflict. */
  public static Policy merge() {
    return of(Preset.MERGE);
  }

  /** Returns the policy under which the target wins, removals included. */
  public static Policy exact() {
    return of(Preset.EXACT);
  }

  /**
   * Returns the preset that is called {@code name}, such as {@code preserve-environment}.
   *
   * @throws IllegalArgumentException if none is; the message names all
   */
  public static Policy named(String name) {
    requireNonNull(name, "name");
    List<String> names = new ArrayList<>();
    for (Preset preset : Preset.values()) {
      if (preset.code().equals(name)) {
        return of(preset);
      }
      names.add(preset.code());
    }
    throw new IllegalArgumentException(
        "Invalid policy '" + name + "': there are " + String.join(", ", names));
  }

  /** Starts a changed copy. */
  public Builder toBuilder() {
    Builder copy = new Builder(preset, name);
    copy.overrides.addAll(overrides);
    return copy;
  }

  /** Returns the preset it starts from. */
  public Preset preset() {
    return preset;
  }

  /** Returns what it is called in plans; the preset's name unless another was given. */
  public String name() {
    return name;
  }

  /** Returns the rules in which it differs from the preset, in order of property. */
  public List<PolicyOverride> overrides() {
    return overrides;
  }

  /** Returns the rule for a kind of property, where no narrower one is set. */
  public Rule rule(PropertyKind property) {
    return rule(property, null, "");
  }

  /**
   * Returns the rule for an item.
   *
   * @param property the kind of property
   * @param component the component by its key in the app; null if the item belongs to the app
   * @param item the key of the item; empty for a single value
   */
  public Rule rule(PropertyKind property, @Nullable ComponentKey component, String item) {
    if (!overrides.isEmpty()) {
      PolicyOverride best = null;
      int bestRank = -1;
      for (PolicyOverride override : overrides) {
        int rank = (override.item() == null ? 0 : 2) + (override.component() == null ? 0 : 1);
        boolean matches = override.property() == property
            && (override.component() == null || override.component().equals(component))
            && (override.item() == null || override.item().equals(item));
        if (matches && rank > bestRank) {
          best = override;
          bestRank = rank;
        }
      }
      if (best != null) {
        return best.rule();
      }
    }
    return property.rule(preset);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Policy that
        && preset == that.preset
        && name.equals(that.name)
        && overrides.equals(that.overrides);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + overrides.hashCode();
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }

  /** Collects the rules in which a policy differs from its preset. */
  public static final class Builder {

    private final Preset preset;
    private String name;
    private final List<PolicyOverride> overrides = new ArrayList<>();

    private Builder(Preset preset, String name) {
      this.preset = preset;
      this.name = name;
    }

    /** Sets what the policy is called in plans, not blank. */
    public Builder name(String name) {
      if (requireNonNull(name, "name").isBlank()) {
        throw new IllegalArgumentException("Invalid policy name: it is blank");
      }
      this.name = name;
      return this;
    }

    /** Sets the rule for a kind of property. */
    public Builder rule(PropertyKind property, Rule rule) {
      return override(new PolicyOverride(property, null, null, rule));
    }

    /** Sets the rule for a kind of property of one component. */
    public Builder forComponent(ComponentKey component, PropertyKind property, Rule rule) {
      requireNonNull(component, "component");
      return override(new PolicyOverride(property, component, null, rule));
    }

    /** Sets the rule for one item. */
    public Builder forItem(Place place, Rule rule) {
      return override(new PolicyOverride(place.property(), place.owner(), place.item(), rule));
    }

    /** Sets a rule, in place of an earlier one for the same thing. */
    public Builder override(PolicyOverride override) {
      overrides.removeIf(
          earlier -> earlier.isFor(override.property(), override.component(), override.item()));
      overrides.add(override);
      return this;
    }

    /** Returns the finished value. */
    public Policy build() {
      return new Policy(this);
    }
  }
}
