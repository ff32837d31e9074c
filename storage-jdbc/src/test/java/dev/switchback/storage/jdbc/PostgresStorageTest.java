// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.contract.StorageContract;
import org.junit.jupiter.api.AfterEach;

/** The contract on PostgreSQL, over a pool of the host. */
final class PostgresStorageTest extends StorageContract {

  private final HikariDataSource pool =
      PostgresServer.pool(PostgresServer.running().newSchema(), 16);

  @Override
  protected Storage open() {
    return JdbcStorage.open(pool);
  }

  @AfterEach
  void closePool() {
    pool.close();
  }
}
