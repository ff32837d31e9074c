// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import java.util.Objects;

/**
 * One label of a component, used to choose nodes.
 *
 * <p>Source: RAM {@code labels}.
 *
 * @param name the key of the label
 * @param value the value; a JSON text where RAM has more than a plain value
 */
public record Label(String name, String value) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Label {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }

  /** Returns the key of the label. */
  @Override
  public String key() {
    return name;
  }

  // By hand: see the package's page.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Label that && name.equals(that.name) && value.equals(that.value));
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, value);
  }

  /** Returns name and value, this one masked if it looks like a secret. */
  @Override
  public String toString() {
    return name + "=" + Setting.named(name, value);
  }
}
