// SPDX-License-Identifier: Apache-2.0

/**
 * Offline packages: one file that carries template versions. Start at {@link
 * dev.switchback.packaging.PackageWriter} and {@link dev.switchback.packaging.PackageReader}.
 *
 * <p>A package is an OCI image layout in a tar, so that {@code skopeo}, {@code oras} and registries
 * understand it; {@code packaging/FORMAT.md} says byte for byte what is where. A package is written
 * whole or not at all, and read only after every byte of it has been checked. Storing what was read
 * is not for this package: that is the library's.
 */
package dev.switchback.packaging;
