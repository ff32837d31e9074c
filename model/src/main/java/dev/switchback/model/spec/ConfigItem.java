// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.internal.Check;

/**
 * One value of a config group.
 *
 * <p>Source: RAM {@code app_config_groups[].config_items}.
 *
 * @param group the name of the group
 * @param name the name of the item
 * @param value its value
 */
public record ConfigItem(String group, String name, Setting value) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public ConfigItem {
    requireNonNull(group, "group");
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }

  /** Returns the group, a slash, and the name. */
  @Override
  public String key() {
    return Check.joined(group, name);
  }
}
