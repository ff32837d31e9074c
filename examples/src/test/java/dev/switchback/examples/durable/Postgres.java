// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A PostgreSQL server of a test, as durable as one that is installed. */
final class Postgres implements AutoCloseable {

  private final EmbeddedPostgres server;

  Postgres(Path directory) throws IOException {
    server = EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("fsync", "on") // which servers for tests turn off
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
