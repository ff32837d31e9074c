// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;

/**
 * A property that is one plain value, such as a command or an amount of memory, in the shape of an
 * item, so that it can be compared and set like any other.
 *
 * @param value a {@code String}, an {@code Integer} or a {@code Workload}, whatever the property is
 */
public record Scalar(Object value) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Scalar {
    requireNonNull(value, "value");
  }

  /** Returns the empty text: an only child. */
  @Override
  public String key() {
    return "";
  }
}
