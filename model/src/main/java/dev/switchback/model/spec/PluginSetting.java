// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.internal.Check;

/**
 * One part of the configuration that a component gives a plugin.
 *
 * <p>Source: RAM {@code service_related_plugin_config[].attr[]}.
 *
 * @param kind what it applies to, {@code service_meta_type}, such as {@code upstream_port}
 * @param injection {@code auto} or {@code env}; may be empty
 * @param port the port it applies to, {@code container_port}; 0 for none
 * @param protocol the protocol of that port; may be empty
 * @param destination the component it points at, {@code dest_service_alias}; may be empty
 * @param values the option values, {@code attrs}, as a JSON text
 */
public record PluginSetting(
    String kind, String injection, int port, String protocol, String destination, Setting values)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public PluginSetting {
    requireNonNull(kind, "kind");
    requireNonNull(injection, "injection");
    requireNonNull(protocol, "protocol");
    requireNonNull(destination, "destination");
    requireNonNull(values, "values");
  }

  /** Returns kind, port and destination, separated by slashes. */
  @Override
  public String key() {
    return Check.joined(kind, port + "/" + destination);
  }
}
