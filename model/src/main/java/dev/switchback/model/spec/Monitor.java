// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;

/**
 * One metrics end point of a component.
 *
 * <p>Source: RAM {@code component_monitors[]}.
 *
 * @param name the name, {@code name}
 * @param showName what a person calls it, {@code service_show_name}; may be empty
 * @param path the path that serves the metrics
 * @param port the port that serves them
 * @param interval how often to ask, such as {@code 10s}
 */
public record Monitor(String name, String showName, String path, int port, String interval)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Monitor {
    requireNonNull(name, "name");
    requireNonNull(showName, "showName");
    requireNonNull(path, "path");
    requireNonNull(interval, "interval");
  }

  /** Returns the name. */
  @Override
  public String key() {
    return name;
  }
}
