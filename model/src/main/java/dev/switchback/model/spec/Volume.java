// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One storage volume of a component. Its data is the operator's and is never part of a template.
 *
 * <p>Source: RAM {@code service_volume_map_list[]} whose type is not {@code config-file}.
 *
 * @param path where it is mounted, {@code volume_path}
 * @param name {@code volume_name}; may be empty
 * @param type the storage class, {@code volume_type}, such as {@code share-file}
 * @param capacityGb the size asked for, {@code volume_capacity}, in GB; 0 for no limit
 * @param accessMode {@code RWO}, {@code RWX} or {@code ROX}; may be empty
 * @param sharePolicy {@code share_policy}; may be empty
 * @param backupPolicy {@code backup_policy}; may be empty
 * @param provider the storage driver, {@code volume_provider_name}; may be empty
 * @param category {@code category}; may be empty
 * @param mode permission bits as RAM writes them, {@code mode}; null for the default
 */
public record Volume(
    String path,
    String name,
    String type,
    int capacityGb,
    String accessMode,
    String sharePolicy,
    String backupPolicy,
    String provider,
    String category,
    @Nullable Integer mode)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Volume {
    requireNonNull(path, "path");
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(accessMode, "accessMode");
    requireNonNull(sharePolicy, "sharePolicy");
    requireNonNull(backupPolicy, "backupPolicy");
    requireNonNull(provider, "provider");
    requireNonNull(category, "category");
  }

  /** Returns the mount path. */
  @Override
  public String key() {
    return path;
  }

  // By hand: see the package's page.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Volume that
            && path.equals(that.path)
            && name.equals(that.name)
            && type.equals(that.type)
            && capacityGb == that.capacityGb
            && accessMode.equals(that.accessMode)
            && sharePolicy.equals(that.sharePolicy)
            && backupPolicy.equals(that.backupPolicy)
            && provider.equals(that.provider)
            && category.equals(that.category)
            && Objects.equals(mode, that.mode));
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        path,
        name,
        type,
        capacityGb,
        accessMode,
        sharePolicy,
        backupPolicy,
        provider,
        category,
        mode);
  }
}
