// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import java.util.Objects;

/**
 * One environment variable of a component, or one value it hands to the components that depend on it
 * (connection information).
 *
 * <p>Source: RAM {@code service_env_map_list[]} and {@code service_connect_info_map_list[]}.
 *
 * @param name the variable, {@code attr_name}; unique within its list
 * @param value the value, {@code attr_value}
 * @param label what a person calls it, {@code name}; may be empty
 * @param changeable whether the vendor lets the operator edit it, {@code is_change}
 * @param port the port a connection value is derived from, {@code container_port}; 0 for none
 */
public record EnvVar(String name, Setting value, String label, boolean changeable, int port)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public EnvVar {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    requireNonNull(label, "label");
  }

  /** Returns the name. */
  @Override
  public String key() {
    return name;
  }

  // By hand: see the package's page.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof EnvVar that
            && name.equals(that.name)
            && value.equals(that.value)
            && label.equals(that.label)
            && changeable == that.changeable
            && port == that.port);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, value, label, changeable, port);
  }
}
