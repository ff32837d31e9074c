// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.storage.Storage;
import dev.switchback.testkit.contract.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The contract over a data source that the host made, without a pool and with settings and names of its own. */
final class HostDataSourceTest extends StorageContract {

  @TempDir
  Path directory;

  @Override
  protected Storage open() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(20_000);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + directory.resolve("host.db"));
    return JdbcStorage.open(source, JdbcOptions.standard().withTablePrefix("host_"));
  }
}
