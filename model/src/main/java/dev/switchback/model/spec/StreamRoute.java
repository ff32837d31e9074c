// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import org.jspecify.annotations.Nullable;

/**
 * One TCP or UDP rule that leads connections from outside to a port of a component.
 *
 * <p>Source: RAM {@code ingress_stream_routes[]}.
 *
 * @param component the component, {@code component_key}
 * @param port its port
 * @param protocol {@code tcp} or {@code udp}
 * @param address the address outside; empty where the site chooses one
 * @param connectionTimeoutSeconds {@code connection_timeout}; null for the default
 */
public record StreamRoute(
    ComponentKey component,
    int port,
    String protocol,
    String address,
    @Nullable Integer connectionTimeoutSeconds)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public StreamRoute {
    requireNonNull(component, "component");
    requireNonNull(protocol, "protocol");
    requireNonNull(address, "address");
  }

  /** Returns the component and the port. */
  @Override
  public String key() {
    return component.value() + ":" + port;
  }
}
