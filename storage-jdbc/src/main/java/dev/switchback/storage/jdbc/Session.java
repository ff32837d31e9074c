// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs statements on one connection; what {@link Database} gives to a piece of work. */
final class Session {

  /** Makes a value of the row that the result set stands on. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What is done with a statement that has its values. */
  private interface Use<T> {
    T of(PreparedStatement statement) throws SQLException;
  }

  private final Connection connection;
  private final Statements statements;
  private final Dialect dialect;
  private final Tables tables;
  private String first;

  /**
   * Makes one.
   *
   * @param first what to run together with the first statement; may be empty
   */
  Session(
      Connection connection, Statements statements, Dialect dialect, Tables tables, String first) {
    this.connection = connection;
    this.statements = statements;
    this.dialect = dialect;
    this.tables = tables;
    this.first = first;
  }

  /** Tells whether there is a table that statements call by this name. */
  boolean hasTable(String name) throws SQLException {
    return first(dialect.tableQuery(), row -> row.getString(1), tables.schema(), tables.name(name))
        .isPresent();
  }

  /** Runs an insert, update or delete and returns the number of rows it wrote. */
  int update(String sql, Object... values) throws SQLException {
    boolean alone = first.isEmpty();
    return use(tables.in(sql), values, statement -> {
      if (alone) {
        return statement.executeUpdate();
      }
      statement.execute();
      statement.getMoreResults();
      return statement.getUpdateCount();
    });
  }

  /**
   * Runs statements in their order and checks what each did. Where the database takes many as one,
   * those that run once and follow one another go there together, and are checked afterwards.
   */
  void write(List<Write> writes) throws SQLException {
    List<Write> together = new ArrayList<>();
    for (Write write : writes) {
      if (!write.isOnce() || !dialect.takesMany()) {
        writeAsOne(together);
        together.clear();
      }
      if (write.isOnce()) {
        together.add(write);
      } else {
        write.check().see(this, batch(write.sql(), write.rows()));
      }
    }
    writeAsOne(together);
  }

  private void writeAsOne(List<Write> writes) throws SQLException {
    if (writes.isEmpty()) {
      return;
    }
    String sql = writes.stream().map(it -> tables.in(it.sql())).collect(Collectors.joining("; "));
    Object[] values =
        writes.stream().flatMap(it -> Arrays.stream(it.rows().get(0))).toArray();
    boolean alone = first.isEmpty();
    int[] written = use(sql, values, statement -> {
      statement.execute();
      int[] counts = new int[writes.size()];
      for (int i = 0; i < counts.length; i++) {
        if (i > 0 || !alone) {
          statement.getMoreResults();
        }
        counts[i] = written(statement);
      }
      return counts;
    });
    for (int i = 0; i < written.length; i++) {
      writes.get(i).check().see(this, new int[] {written[i]});
    }
  }

  /** Returns how many rows were written, or whether there is a row. */
  private static int written(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      return rows == null ? statement.getUpdateCount() : rows.next() ? 1 : 0;
    }
  }

  /** Runs an insert or delete once for each of the rows, and returns how many rows each wrote. */
  int[] batch(String sql, List<Object[]> rows) throws SQLException {
    if (rows.size() == 1) {
      return new int[] {update(sql, rows.get(0))};
    }
    try (PreparedStatement statement = connection.prepareStatement(tables.in(sql))) {
      for (Object[] row : rows) {
        set(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /** Returns all rows that a query finds, in its order. */
  <T> List<T> list(String sql, RowReader<T> reader, Object... values) throws SQLException {
    boolean alone = first.isEmpty();
    return use(tables.in(sql), values, statement -> {
      List<T> found = new ArrayList<>();
      try (ResultSet rows = alone ? statement.executeQuery() : second(statement)) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    });
  }

  private static ResultSet second(PreparedStatement statement) throws SQLException {
    statement.execute();
    statement.getMoreResults();
    return statement.getResultSet();
  }

  /** Returns the row that a query finds, which is at most one. */
  <T> Optional<T> first(String sql, RowReader<T> reader, Object... values) throws SQLException {
    return list(sql, reader, values).stream().findFirst();
  }

  private <T> T use(String sql, Object[] values, Use<T> use) throws SQLException {
    PreparedStatement statement = statements.open(connection, first + sql);
    first = "";
    T result;
    try {
      set(statement, values);
      result = use.of(statement);
    } catch (SQLException | RuntimeException | Error e) {
      Statements.drop(statement, e);
      throw e;
    }
    statements.close(statement);
    return result;
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
