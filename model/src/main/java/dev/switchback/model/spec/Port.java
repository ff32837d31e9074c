// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import java.util.Objects;

/**
 * One port a component listens on.
 *
 * <p>Source: RAM {@code port_map_list[]}.
 *
 * @param number the port, {@code container_port}, 1 to 65535
 * @param protocol {@code http}, {@code tcp}, {@code udp}, {@code mysql}, …; lower case
 * @param alias prefix of the HOST and PORT values consumers get, {@code port_alias}; may be empty
 * @param inner whether other components can reach it, {@code is_inner_service}
 * @param outer whether it is reachable from outside the app, {@code is_outer_service}
 * @param kubernetesName the name inside the cluster, {@code k8s_service_name}; may be empty
 * @param name {@code name}; may be empty
 */
public record Port(
    int number,
    String protocol,
    String alias,
    boolean inner,
    boolean outer,
    String kubernetesName,
    String name)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Port {
    requireNonNull(protocol, "protocol");
    requireNonNull(alias, "alias");
    requireNonNull(kubernetesName, "kubernetesName");
    requireNonNull(name, "name");
    if (number < 1 || number > 65_535) {
      throw new IllegalArgumentException("Invalid port: " + number + " is not between 1 and 65535");
    }
  }

  /**
   * Returns the number, with {@code /udp} behind it for UDP. Every other protocol runs over TCP and
   * may change between versions without making another port of it.
   */
  @Override
  public String key() {
    return protocol.equals("udp") ? number + "/udp" : Integer.toString(number);
  }

  // By hand: see the package's page.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Port that
            && number == that.number
            && inner == that.inner
            && outer == that.outer
            && protocol.equals(that.protocol)
            && alias.equals(that.alias)
            && kubernetesName.equals(that.kubernetesName)
            && name.equals(that.name));
  }

  @Override
  public int hashCode() {
    return Objects.hash(number, inner, outer, protocol, alias, kubernetesName, name);
  }
}
