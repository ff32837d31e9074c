// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import java.nio.file.Path;

/**
 * Opens a storage that lives in a directory; found by {@link java.util.ServiceLoader}. A storage that
 * lives elsewhere needs no provider: its host opens it and hands it in.
 */
public interface StorageProvider {

  /** Returns the name by which a host chooses this provider, such as {@code sqlite}. */
  String name();

  /**
   * Opens the storage in {@code directory}, which exists; makes it if it is not there yet.
   *
   * @throws StorageException if it cannot be opened; the message says why and what to do
   */
  Storage open(Path directory);
}
