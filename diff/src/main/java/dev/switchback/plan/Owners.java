// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.StreamRoute;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells which components an item concerns besides the one that holds it. */
final class Owners {

  private final TreeSet<String> groups = new TreeSet<>();
  private final TreeSet<String> plugins = new TreeSet<>();

  private Owners() {}

  /** Finds the config groups and plugins that components of {@code spec} use. */
  static Owners usedBy(AppSpec spec, Predicate<ComponentKey> components) {
    Owners used = new Owners();
    for (ConfigMember member : spec.configMembers()) {
      if (components.test(member.component())) {
        used.groups.add(member.group());
      }
    }
    for (Component component : spec.components()) {
      if (components.test(component.id())) {
        component.plugins().forEach(use -> used.plugins.add(use.plugin()));
      }
    }
    return used;
  }

  /** Tells whether the change is about a config group or plugin that is among those found. */
  boolean uses(Change change) {
    String group = group(change);
    return group != null
        ? groups.contains(group)
        : change.property() == PropertyKind.PLUGIN && plugins.contains(change.item());
  }

  static Keyed.@Nullable Item item(Change change) {
    return change.afterItem() == null ? change.beforeItem() : change.afterItem();
  }

  /** Returns the config group that an app-level change is about; null if about none. */
  static @Nullable String group(Change change) {
    Keyed.Item item = item(change);
    if (item instanceof ConfigMember member) {
      return member.group();
    }
    if (item instanceof ConfigItem configItem) {
      return configItem.group();
    }
    return item instanceof ConfigGroup group ? group.name() : null;
  }

  /** The properties whose items name a component other than the one that has them. */
  private static final Set<PropertyKind> ENDS = Collections.unmodifiableSet(EnumSet.of(
      PropertyKind.DEPENDENCY,
      PropertyKind.MOUNT,
      PropertyKind.CONFIG_MEMBER,
      PropertyKind.HTTP_ROUTE,
      PropertyKind.STREAM_ROUTE));

  /** Tells whether items of a kind name a component other than the one that has them. */
  static boolean pointsToComponent(PropertyKind property) {
    return ENDS.contains(property);
  }

  /** Returns the component that a route or a membership is for. */
  static Optional<ComponentKey> component(Change change) {
    return component(item(change));
  }

  /** Returns the component that a route or a membership is for. */
  static Optional<ComponentKey> component(Keyed.@Nullable Item item) {
    if (item instanceof HttpRoute route) {
      return Optional.of(route.component());
    }
    if (item instanceof StreamRoute route) {
      return Optional.of(route.component());
    }
    return item instanceof ConfigMember member ? Optional.of(member.component()) : Optional.empty();
  }

  /** Returns the component at the other end of a dependency or mount. */
  static Optional<ComponentKey> provider(Keyed.@Nullable Item item) {
    if (item instanceof Dependency dependency) {
      return Optional.of(dependency.provider());
    }
    return item instanceof Mount mount ? Optional.of(mount.provider()) : Optional.empty();
  }
}
