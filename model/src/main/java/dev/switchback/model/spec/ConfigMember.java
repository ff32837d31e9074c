// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.internal.Check;

/**
 * One component that gets the values of a config group.
 *
 * <p>Source: RAM {@code app_config_groups[].component_keys}.
 *
 * @param group the name of the group
 * @param component the component
 */
public record ConfigMember(String group, ComponentKey component) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public ConfigMember {
    requireNonNull(group, "group");
    requireNonNull(component, "component");
  }

  /** Returns the group, a slash, and the component's key. */
  @Override
  public String key() {
    return Check.joined(group, component.value());
  }
}
