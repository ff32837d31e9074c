// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** Tables where the host wants them. The contract over such tables is in the tests of hosts. */
final class JdbcOptionsTest {

  private static final JdbcOptions STANDARD = JdbcOptions.standard();

  @TempDir
  Path directory;

  private DataSource sqlite() {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + directory.resolve("host.db"));
    return source;
  }

  @Test
  void open_withTwoPrefixes_keepsTwoStoragesApart() throws SQLException {
    DataSource source = sqlite();
    try (Storage one = JdbcStorage.open(source, STANDARD.withTablePrefix("one_"));
        Storage two = JdbcStorage.open(source, STANDARD.withTablePrefix("sb_two_"))) {
      Examples.fill(one);
      assertThat(two.apps().find(APP)).isEmpty();
      Examples.fill(two);
      assertThat(two.apps().find(APP)).contains(Examples.state("2.0", 2));
    }
    assertThat(strings(source, "select name from sqlite_master where name not like 'sqlite%'"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("one_") || name.startsWith("sb_two_"));
  }

  @Test
  void open_withSchemaThatIsNotThere_makesItAndIgnoresTheSearchPath() throws SQLException {
    PGSimpleDataSource source = PostgresServer.running().newSchema();
    String schema = source.getCurrentSchema() + "_Apart";
    JdbcOptions options = STANDARD.withSchema(schema).withTablePrefix("x_");
    try (Storage storage = JdbcStorage.open(source, options)) {
      Examples.fill(storage);
    }
    source.setCurrentSchema("pg_catalog");
    try (Storage storage = JdbcStorage.open(source, options)) {
      assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
    }
    assertThat(strings(
            source,
            "select table_schema from information_schema.tables where table_name = 'x_app'"))
        .containsExactly(schema);
  }

  @Test
  void open_withSchemaOnSqlite_isRefused() {
    assertThatThrownBy(() -> JdbcStorage.open(sqlite(), STANDARD.withSchema("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SQLite has none");
  }

  @Test
  void open_withTablesOfTheHost_refusesUntilTheyAreThere() throws Exception {
    DataSource source = sqlite();
    JdbcOptions options = STANDARD.withTablesOfHost();
    assertThatThrownBy(() -> JdbcStorage.open(source, options))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("its tables have version 0, expected 6; run the files of")
        .hasMessageContaining("migration/sqlite");
    assertThat(strings(source, "select name from sqlite_master")).isEmpty();

    runScripts(source, "migration/sqlite/");

    try (Storage storage = JdbcStorage.open(source, options)) {
      Examples.fill(storage);
    }
    try (Storage storage = JdbcStorage.open(source)) {
      assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
    }
    assertThat(strings(source, "select name from sqlite_master"))
        .doesNotContain("sb_schema_history");
  }

  @Test
  void open_onPostgresWithTablesOfTheHost_needsNoMigration() throws Exception {
    PGSimpleDataSource source = PostgresServer.running().newSchema();
    runScripts(source, "migration/postgresql/");

    try (Storage storage = JdbcStorage.open(source, STANDARD.withTablesOfHost())) {
      Examples.fill(storage);
      assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
    }
  }

  @Test
  void with_namesThatCouldBeMoreThanNames_isRefused() {
    for (String name : List.of("", "1a", "a-b", "a\"b", "a b", "ä", "a".repeat(64))) {
      assertThatThrownBy(() -> STANDARD.withTablePrefix(name))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> STANDARD.withSchema(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void runScripts(DataSource source, String folder)
      throws IOException, SQLException {
    for (String name : Schema.MIGRATIONS) {
      runScript(source, folder + name);
    }
  }

  private static void runScript(DataSource source, String name) throws IOException, SQLException {
    try (InputStream file = JdbcStorage.class.getResourceAsStream(name);
        Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(file).isNotNull();
      String script = new String(file.readAllBytes(), UTF_8).replaceAll("--[^\n]*", "");
      for (String sql : script.split(";", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    }
  }

  private static List<String> strings(DataSource source, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
