// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;

/**
 * How the image of a component or plugin is fetched from its registry.
 *
 * <p>Source: RAM {@code service_image} and {@code plugin_image}.
 *
 * @param address the host, {@code hub_url} or {@code hub}; may be empty
 * @param user {@code hub_user}; may be empty
 * @param password {@code hub_password}
 * @param namespace {@code namespace}; may be empty
 * @param trusted {@code is_trust}
 */
public record RegistryAccess(
    String address, String user, Setting password, String namespace, boolean trusted)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public RegistryAccess {
    requireNonNull(address, "address");
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    requireNonNull(namespace, "namespace");
  }

  /** Returns the empty text, the access is an only child. */
  @Override
  public String key() {
    return "";
  }

  /** Returns the access that says nothing. */
  public static RegistryAccess none() {
    return new RegistryAccess("", "", Setting.plain(""), "", false);
  }
}
