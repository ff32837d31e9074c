// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.internal.Check;

/**
 * A volume or config file of another component, mounted into this one.
 *
 * <p>Source: RAM {@code mnt_relation_list[]}.
 *
 * @param provider the component that has the volume, {@code service_share_uuid}
 * @param volumeName the provider's volume name, {@code mnt_name}
 * @param path where it is mounted here, {@code mnt_dir}
 */
public record Mount(ComponentKey provider, String volumeName, String path) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Mount {
    requireNonNull(provider, "provider");
    requireNonNull(volumeName, "volumeName");
    requireNonNull(path, "path");
  }

  /** Returns the provider's key, a slash, and the volume name. */
  @Override
  public String key() {
    return Check.joined(provider.value(), volumeName);
  }
}
