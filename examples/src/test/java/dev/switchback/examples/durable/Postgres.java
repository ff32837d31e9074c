// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A PostgreSQL server of a test. */
final class Postgres implements AutoCloseable {

  private final EmbeddedPostgres server;

  Postgres(Path directory) throws IOException {
    server = EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setServerConfig("unix_socket_directories", "")
        .start();
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
