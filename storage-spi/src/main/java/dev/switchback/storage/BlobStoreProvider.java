// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import java.nio.file.Path;

/** Opens a blob store that lives in a directory; found by {@link java.util.ServiceLoader}. */
public interface BlobStoreProvider {

  /** Returns the name by which a host chooses this provider, such as {@code files}. */
  String name();

  /**
   * Opens the blob store in {@code directory}, which exists; makes it if it is not there yet.
   *
   * @throws StorageException if it cannot be opened; the message says why and what to do
   */
  BlobStore open(Path directory);
}
