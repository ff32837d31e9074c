// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageProvider;
import java.nio.file.Path;

/** Opens a storage in a directory by the name {@code sqlite}; see {@link JdbcStorage#open(Path)}. */
public final class SqliteStorageProvider implements StorageProvider {

  /** Makes the provider; done by {@link java.util.ServiceLoader}. */
  public SqliteStorageProvider() {}

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Storage open(Path directory) {
    return JdbcStorage.open(directory);
  }
}
