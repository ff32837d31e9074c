// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.storage.StorageException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tables up to date, by Flyway. A database that is up to date, the usual case, is seen by
 * one query, without Flyway.
 */
final class Schema {

  /** The files in the folder of each dialect, oldest first; file {@code n} leads to version n. */
  private static final List<String> MIGRATIONS = List.of("V1__first.sql");

  private static final String HISTORY = "sb_schema_history";

  private Schema() {}

  /**
   * Tells whether the tables are those of this version.
   *
   * @return false if they are older or not there yet
   * @throws StorageException if they are newer, or could not be looked at
   */
  static boolean isCurrent(DataSource source, Dialect dialect, String place) {
    try (Database database = new Database(source, dialect, place, null)) {
      int version = database.read("open the storage", Schema::version);
      if (version > MIGRATIONS.size()) {
        throw new StorageException(
            "Cannot open the storage in " + place + ": its tables have version " + version
                + ", this Switchback knows versions up to " + MIGRATIONS.size()
                + "; open it with the newer Switchback that it was used with last",
            null);
      }
      return version == MIGRATIONS.size();
    }
  }

  private static int version(Session session) throws SQLException {
    if (!session.hasTable(HISTORY)) {
      return 0;
    }
    return session
        .first(
            "select coalesce(max(cast(version as integer)), 0) from " + HISTORY
                + " where success = true",
            row -> row.getInt(1))
        .orElse(0);
  }

  /**
   * Makes the tables, or brings older ones up to date, all or nothing. Flyway takes a second
   * connection while it holds one, so storages that are opened at once over one pool go one by one.
   *
   * @throws StorageException if that failed; the tables are as before
   */
  static synchronized void update(DataSource source, Dialect dialect, String place) {
    try {
      Flyway.configure(Schema.class.getClassLoader())
          .loggers("slf4j") // else it writes to the console of a host without SLF4J provider
          .dataSource(source)
          .table(HISTORY)
          .baselineOnMigrate(true) // a host's database may hold the tables of others
          .baselineVersion("0")
          .resourceProvider(new Migrations(dialect.migrations()))
          .javaMigrationClassProvider(List::of)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StorageException(
          "Cannot bring the tables in " + place + " up to date: " + e.getMessage(), e);
    }
  }

  /**
   * Gives Flyway the files by name, since a search through class path or module path is slow and
   * cannot look into a named module.
   */
  private static final class Migrations implements ResourceProvider {

    private final List<LoadableResource> files;

    Migrations(String folder) {
      files = MIGRATIONS.stream()
          .<LoadableResource>map(name -> new Migration("migration/" + folder + "/" + name, name))
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

    Migration(String path, String name) {
      this.path = path;
      this.name = name;
    }

    @Override
    public Reader read() {
      InputStream file = Schema.class.getResourceAsStream(path);
      if (file == null) {
        throw new IllegalStateException("The jar is damaged: it lacks " + path);
      }
      return new InputStreamReader(file, UTF_8);
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
