// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;

/**
 * One monitoring chart of a component.
 *
 * <p>Source: RAM {@code component_graphs[]}.
 *
 * @param title the title
 * @param query the PromQL query, {@code promql}
 * @param sequence the position among the charts
 */
public record Graph(String title, String query, int sequence) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Graph {
    requireNonNull(title, "title");
    requireNonNull(query, "query");
  }

  /** Returns the title. */
  @Override
  public String key() {
    return title;
  }
}
