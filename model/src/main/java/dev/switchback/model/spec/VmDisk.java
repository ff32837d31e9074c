// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;

/**
 * One disk of a virtual machine.
 *
 * <p>Source: RAM {@code vm.disk_layout[]}.
 *
 * @param name the key of the disk, {@code disk_key}
 * @param role {@code root} or {@code data}, {@code disk_role}
 * @param sourceType where it comes from, {@code source_type}, such as {@code registry}
 * @param image the image that holds it; may be empty
 * @param sourceUri the address it was exported from, {@code source_uri}; may be empty
 * @param sizeGb the size in GB; 0 when not stated
 */
public record VmDisk(
    String name, String role, String sourceType, String image, String sourceUri, int sizeGb)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public VmDisk {
    requireNonNull(name, "name");
    requireNonNull(role, "role");
    requireNonNull(sourceType, "sourceType");
    requireNonNull(image, "image");
    requireNonNull(sourceUri, "sourceUri");
  }

  /** Returns the key of the disk. */
  @Override
  public String key() {
    return name;
  }
}
