// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;

/**
 * A set of config items that several components share. Its items and members are {@link ConfigItem} and {@link ConfigMember}.
 *
 * <p>Source: RAM {@code app_config_groups[]}.
 *
 * @param name the name, {@code name} or {@code config_group_name}
 * @param injection how members get it, {@code injection_type}, such as {@code env}
 * @param enabled {@literal enable}; true when not stated
 */
public record ConfigGroup(String name, String injection, boolean enabled) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public ConfigGroup {
    requireNonNull(name, "name");
    requireNonNull(injection, "injection");
  }

  /** Returns the name. */
  @Override
  public String key() {
    return name;
  }
}
