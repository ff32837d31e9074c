// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;

/**
 * One component that this component needs; its connection values reach this one, and it starts first.
 *
 * <p>Source: RAM {@code dep_service_map_list[].dep_service_key}, which names the provider by share uuid.
 *
 * @param provider the component that is needed; one that no component of the app has is a dangling dependency
 */
public record Dependency(ComponentKey provider) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Dependency {
    requireNonNull(provider, "provider");
  }

  /** Returns the provider's key. */
  @Override
  public String key() {
    return provider.value();
  }
}
