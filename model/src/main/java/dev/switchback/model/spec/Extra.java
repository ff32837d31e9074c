// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;

/**
 * A field that has no type of its own: kept, compared and shown, but not interpreted.
 *
 * <p>Source: any RAM field that this version of Switchback does not know.
 *
 * @param name the name of the field
 * @param json its value as a canonical JSON text
 */
public record Extra(String name, Setting json) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Extra {
    requireNonNull(name, "name");
    requireNonNull(json, "json");
  }

  /** Returns the name of the field. */
  @Override
  public String key() {
    return name;
  }
}
