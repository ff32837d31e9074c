// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.storage.Storage;
import dev.switchback.testkit.contract.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStorageTest extends StorageContract {

  @TempDir
  Path directory;

  @Override
  protected Storage open() {
    return new SqliteStorageProvider().open(directory);
  }
}
