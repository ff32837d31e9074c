// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;

/**
 * Where a component that runs outside the platform is reached.
 *
 * <p>Source: RAM {@code endpoints}.
 *
 * @param type {@code endpoints_type}, such as {@code static} or {@code kubernetes}
 * @param addresses {@code endpoints_info}, as a JSON text
 * @param name what a person calls it, {@code service_cname}; may be empty
 */
public record Endpoints(String type, Setting addresses, String name) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Endpoints {
    requireNonNull(type, "type");
    requireNonNull(addresses, "addresses");
    requireNonNull(name, "name");
  }

  /** Returns the empty text, the end points are an only child. */
  @Override
  public String key() {
    return "";
  }
}
