// SPDX-License-Identifier: Apache-2.0

/**
 * Blobs as an OCI image layout on disk. Start at {@link
 * dev.switchback.storage.files.FileBlobStore}.
 *
 * <p>The directory holds {@code oci-layout}, {@code index.json}, {@code blobs/sha256/<hex>} and
 * {@code staging}, where bytes wait until their digest is known. Its list of manifests is empty:
 * the blobs are content that template versions point to, and the storage of template versions says
 * which.
 */
package dev.switchback.storage.files;
