// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Writes the golden files of the present schema version: a SQLite database and the rows of a
 * PostgreSQL one as plain SQL, both filled by {@link Examples#fill}. To be run once for each new
 * version, from the folder of this module with the test class path; what is there stays for ever.
 */
final class GoldenFiles {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private GoldenFiles() {}

  /** Argument: the schema version. */
  public static void main(String[] arguments) throws IOException, SQLException {
    String name = "schema-" + arguments[0];
    Files.createDirectories(FOLDER);
    Path directory = Files.createTempDirectory("golden");
    try (Storage storage = JdbcStorage.open(directory)) {
      Examples.fill(storage);
    }
    Files.copy(
        directory.resolve("switchback.db"),
        FOLDER.resolve(name + ".db"),
        StandardCopyOption.REPLACE_EXISTING);
    DataSource source = PostgresServer.running().newSchema();
    try (Storage storage = JdbcStorage.open(source)) {
      Examples.fill(storage);
    }
    Files.writeString(FOLDER.resolve(name + ".sql"), dump(source), UTF_8);
    System.exit(0); // stops the server
  }

  /** The tables as the migrations made them, and an insert for each row. */
  private static String dump(DataSource source) throws SQLException, IOException {
    StringBuilder sql = new StringBuilder();
    for (String migration : Schema.MIGRATIONS) {
      try (var file = Schema.class.getResourceAsStream("migration/postgresql/" + migration)) {
        sql.append(new String(file.readAllBytes(), UTF_8)).append('\n');
      }
    }
    sql.append("delete from sb_schema;\n");
    try (Connection connection = source.getConnection()) {
      for (String table : strings(
          connection,
          "select table_name from information_schema.tables"
              + " where table_schema = current_schema() and table_name <> 'sb_schema_history'"
              + " order by table_name = 'sb_wanted' or table_name = 'sb_journal'"
              + " or table_name = 'sb_revision', table_name")) {
        String columns = strings(
                connection,
                "select column_name from information_schema.columns"
                    + " where table_schema = current_schema() and table_name = '" + table
                    + "' order by ordinal_position")
            .stream()
            .reduce((one, other) -> one + ", " + other)
            .orElseThrow();
        String values = "'(' || concat_ws(', ', "
            + columns.replaceAll("(\\w+)", "quote_nullable($1)") + ") || ')'";
        for (String row :
            strings(connection, "select " + values + " from " + table + " order by 1")) {
          sql.append("insert into ")
              .append(table)
              .append(" (")
              .append(columns)
              .append(")")
              .append(columns.startsWith("number") ? " overriding system value" : "")
              .append(" values ")
              .append(row)
              .append(";\n");
        }
      }
    }
    return sql.append("select setval(pg_get_serial_sequence('sb_record', 'number'),"
            + " (select max(number) from sb_record));\n")
        .toString();
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
