// SPDX-License-Identifier: Apache-2.0

/**
 * Blobs as an OCI image layout on disk. Start at {@link
 * dev.switchback.storage.files.FileBlobStore}.
 *
 * <p>The directory holds {@code oci-layout}, {@code index.json}, {@code blobs/sha256/<hex>} and
 * {@code staging}, where bytes wait until their digest is known. Switchback adds nothing to the list
 * in {@code index.json}: its blobs are content that template versions point to, and the storage of
 * template versions says which. Other tools may keep images and artifacts here, too, as {@code skopeo
 * copy docker://… oci:DIRECTORY:NAME} does. They are kept as long as that list leads to them; let no
 * such tool write while what nobody needs is collected, since none of them takes a lock.
 */
package dev.switchback.storage.files;
