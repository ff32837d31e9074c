// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.internal.Check;

/**
 * One group of options of a plugin.
 *
 * <p>Source: RAM {@code plugins[].config_groups[]}.
 *
 * @param name {@code config_name}
 * @param kind what it applies to, {@code service_meta_type}
 * @param injection {@code auto} or {@code env}; may be empty
 * @param options its options
 */
public record PluginConfigGroup(
    String name, String kind, String injection, Keyed<PluginOption> options) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public PluginConfigGroup {
    requireNonNull(name, "name");
    requireNonNull(kind, "kind");
    requireNonNull(injection, "injection");
    requireNonNull(options, "options");
  }

  /** Returns the kind, a slash, and the name. */
  @Override
  public String key() {
    return Check.joined(kind, name);
  }
}
