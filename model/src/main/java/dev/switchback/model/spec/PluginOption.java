// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;

/**
 * One option of a plugin.
 *
 * <p>Source: RAM {@code plugins[].config_groups[].options[]}.
 *
 * @param name {@code attr_name}
 * @param type {@code attr_type}, such as {@code radio} or {@code string}
 * @param defaultValue {@code attr_default_value}
 * @param alternatives the values to choose from, {@code attr_alt_value}; may be empty
 * @param info {@code attr_info}; may be empty
 * @param protocol {@code protocol}; may be empty
 * @param changeable {@code is_change}
 */
public record PluginOption(
    String name,
    String type,
    Setting defaultValue,
    String alternatives,
    String info,
    String protocol,
    boolean changeable)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public PluginOption {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(defaultValue, "defaultValue");
    requireNonNull(alternatives, "alternatives");
    requireNonNull(info, "info");
    requireNonNull(protocol, "protocol");
  }

  /** Returns the name. */
  @Override
  public String key() {
    return name;
  }
}
