// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server for all tests of this JVM, started by the first one that asks. It sorts as
 * people do, not by code point, so that a column without a collation of its own shows.
 */
final class PostgresServer {

  private static final String HOST = "localhost";
  private static final String NAME = "postgres"; // of the user and of the database
  private static final Duration START = Duration.ofSeconds(60);

  /** Tries once: a server that did not start keeps the other tests from waiting for it too. */
  private static final FutureTask<PostgresServer> RUNNING = new FutureTask<>(PostgresServer::new);

  private final Path directory;
  private EmbeddedPostgres server;
  private int schemas;

  private PostgresServer() throws IOException {
    directory = Files.createTempDirectory("switchback-postgres");
    server = start(0);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopForGood, "postgres-stop"));
  }

  /** Returns the server; fails the test if it does not start. */
  static PostgresServer running() {
    RUNNING.run();
    try {
      return RUNNING.get();
    } catch (ExecutionException e) {
      throw new AssertionError(
          "Cannot start PostgreSQL for the tests; its binaries are those for Linux on x86-64, and as"
              + " root it needs user namespaces (unshare -U): " + e.getCause(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The test was interrupted", e);
    }
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setCleanDataDirectory(false) // a restart finds what was there
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START)
        .setPort(port)
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("locale-provider", "icu")
        .setLocaleConfig("icu-locale", "en-US")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("synchronous_commit", "on") // which servers for tests turn off
        .start();
  }

  /** Kills every process of the server at once, and starts it again: it has to mend its files. */
  void crash() throws IOException {
    String pid = Files.readAllLines(directory.resolve("postmaster.pid")).get(0);
    ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    restart(() -> {});
  }

  /** Stops the server, does {@code meanwhile}, and starts it again with the same content. */
  void restart(Runnable meanwhile) throws IOException {
    int port = server.getPort();
    server.close();
    try {
      meanwhile.run();
    } finally {
      server = start(port);
    }
  }

  /** Makes an empty schema and returns a source of connections to it, without a pool. */
  synchronized PGSimpleDataSource newSchema() {
    schemas++;
    String schema = "test_" + schemas;
    execute("create schema " + schema);
    return sourceOf(schema);
  }

  /** Returns a source of connections to a schema, without a pool. */
  PGSimpleDataSource sourceOf(String schema) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {HOST});
    source.setPortNumbers(new int[] {server.getPort()});
    source.setUser(NAME);
    source.setDatabaseName(NAME);
    source.setCurrentSchema(schema);
    return source;
  }

  /** Puts a pool around {@code source}, as hosts do. */
  static HikariDataSource pool(DataSource source, int connections) {
    return new HikariDataSource(poolConfig(source, connections));
  }

  static HikariConfig poolConfig(DataSource source, int connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    return config;
  }

  /** Ends the connections to {@code source} that {@code condition} is true for, and waits for it. */
  void cut(String condition) {
    execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity where pid <>"
        + " pg_backend_pid() and " + condition);
  }

  private void execute(String sql) {
    execute(server.getPostgresDatabase(), sql);
  }

  static void execute(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError("Cannot run " + sql, e);
    }
  }

  private void stopForGood() {
    try {
      server.close();
      List<Path> files;
      try (Stream<Path> all = Files.walk(directory)) {
        files = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Cannot remove " + directory, e);
    }
  }
}
