// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tables up to date, by Flyway. A database that is up to date, the usual case, is seen by
 * one query, without Flyway.
 */
final class Schema {

  /** The files in the folder of each dialect, oldest first; file {@code n} leads to version n. */
  static final List<String> MIGRATIONS = List.of(
      "V1__first.sql",
      "V2__records_by_start.sql",
      "V3__journal_and_records_by_status.sql",
      "V4__less_to_look_up.sql",
      "V5__never_small.sql",
      "V6__newest_revision.sql");

  private final DataSource source;
  private final Dialect dialect;
  private final Tables tables;
  private final String place;

  Schema(DataSource source, Dialect dialect, Tables tables, String place) {
    this.source = source;
    this.dialect = dialect;
    this.tables = tables;
    this.place = place;
  }

  /**
   * Tells whether the tables are those of this version.
   *
   * @return false if they are older or not there yet
   * @throws StorageException if they are newer, or could not be looked at
   */
  boolean isCurrent() {
    int version = version();
    if (version > MIGRATIONS.size()) {
      throw new StorageException(
          "Cannot open the storage in " + place + ": its tables have version " + version
              + ", this Switchback knows versions up to " + MIGRATIONS.size()
              + "; open it with the newer Switchback that it was used with last",
          null);
    }
    return version == MIGRATIONS.size();
  }

  private int version() {
    try (Database database =
        new Database(source, Statements.OF_DRIVER, dialect, tables, place, null)) {
      return database.read(
          "open the storage",
          session -> session.hasTable("sb_schema")
              ? session
                  .first("select max(version) from sb_schema", row -> row.getInt(1))
                  .orElse(0)
              : 0);
    }
  }

  /** Says that the host has to make the tables. */
  StorageException notMade() {
    return new StorageException(
        "Cannot open the storage in " + place + ": its tables have version " + version()
            + ", expected " + MIGRATIONS.size() + "; run the files of migration/"
            + dialect.migrations() + " that are missing",
        null);
  }

  /**
   * Makes the tables, or brings older ones up to date, all or nothing.
   *
   * @throws StorageException if that failed; the tables are as before
   */
  void update() {
    synchronized (Schema.class) { // SQLite has no lock that Flyway could take
      migrate(version());
    }
    if (!isCurrent()) { // Flyway does not tell of every commit that failed
      throw new StorageException(
          "Cannot bring the tables in " + place + " up to date: they were not committed; try again",
          null);
    }
  }

  private void migrate(int from) {
    try (Connection connection = source.getConnection()) {
      rehearse(connection);
      FluentConfiguration flyway = Flyway.configure(Schema.class.getClassLoader())
          .loggers("slf4j") // else it writes to the console of a host without SLF4J provider
          // One connection, so that tables and history are one transaction, and a pool of one will
          // do.
          .dataSource(new OneConnection(connection))
          .table(tables.name("sb_schema_history"))
          .baselineOnMigrate(true) // a host's database may hold the tables of others
          .baselineVersion(String.valueOf(from))
          .resourceProvider(new Migrations(dialect.migrations(), tables))
          .javaMigrationClassProvider(List::of);
      flyway
          .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
          .setTransactionalLock(false); // it would take a second connection
      if (!tables.schema().isEmpty()) {
        flyway.schemas(tables.schema());
      }
      flyway.load().migrate();
    } catch (FlywayException | SQLException e) {
      throw new StorageException(
          "Cannot bring the tables in " + place + " up to date: " + reason(e), e);
    }
  }

  /**
   * Makes a table and drops it, so that a missing right or a full disk shows at once: Flyway would ask
   * for its own first table ten times, a second apart.
   */
  private void rehearse(Connection connection) throws SQLException {
    boolean automatic = connection.getAutoCommit();
    dialect.begin(connection);
    try (Statement statement = connection.createStatement()) {
      if (!tables.schema().isEmpty() && !hasSchema(connection)) {
        statement.execute("create schema \"" + tables.schema() + "\"");
      }
      statement.execute(tables.in("create table sb_rehearsal (x integer)"));
      statement.execute(tables.in("drop table sb_rehearsal"));
      dialect.commit(connection);
    } catch (SQLException e) {
      rollBack(connection, e);
      if (dialect.failure(e) != Dialect.Failure.REFUSED) { // not by another node that does the same
        throw e;
      }
    } finally {
      connection.setAutoCommit(automatic);
    }
  }

  private boolean hasSchema(Connection connection) throws SQLException {
    try (ResultSet schemas = connection.getMetaData().getSchemas()) {
      while (schemas.next()) {
        if (schemas.getString("TABLE_SCHEM").equals(tables.schema())) {
          return true;
        }
      }
      return false;
    }
  }

  private void rollBack(Connection connection, SQLException first) {
    try {
      dialect.rollback(connection);
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
  }

  /** Returns what the database said, without the page that Flyway makes of it. */
  private static String reason(Exception failure) {
    String reason = String.valueOf(failure.getMessage());
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException) {
        reason = String.valueOf(e.getMessage());
      }
    }
    return reason;
  }

  /**
   * Gives Flyway the files by name, since a search through class path or module path is slow and
   * cannot look into a named module.
   */
  private static final class Migrations implements ResourceProvider {

    private final List<LoadableResource> files;

    Migrations(String folder, Tables tables) {
      files = MIGRATIONS.stream()
          .<LoadableResource>map(
              name -> new Migration("migration/" + folder + "/" + name, name, tables))
          .toList();
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
      return files.stream()
          .filter(file -> file.getRelativePath().equals(name))
          .findFirst()
          .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return files.stream()
          .filter(file -> file.getFilename().startsWith(prefix))
          .filter(file -> Arrays.stream(suffixes).anyMatch(file.getFilename()::endsWith))
          .toList();
    }
  }

  private static final class Migration extends LoadableResource {

    private final String path;
    private final String name;
    private final Tables tables;

    Migration(String path, String name, Tables tables) {
      this.path = path;
      this.name = name;
      this.tables = tables;
    }

    @Override
    public Reader read() {
      try (InputStream file = Schema.class.getResourceAsStream(path)) {
        if (file == null) {
          throw new IllegalStateException("The jar is damaged: it lacks " + path);
        }
        return new StringReader(tables.inMigration(new String(file.readAllBytes(), UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException("The jar is damaged: it lacks " + path, e);
      }
    }

    @Override
    public String getAbsolutePath() {
      return path;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return path;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return path;
    }
  }
}
