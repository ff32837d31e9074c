// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  Dialect dialect() {
    return dialect;
  }

  /** Tells whether there is a table that statements call by this name. */
  boolean hasTable(String name) throws SQLException {
    return first(dialect.tableQuery(), row -> row.getString(1), tables.schema(), tables.name(name))
        .isPresent();
  }

  /** Runs an insert, update or delete and returns the number of rows it wrote. */
  int update(String sql, Object... values) throws SQLException {
    boolean alone = first.isEmpty();
    return use(sql, values, statement -> {
      if (alone) {
        return statement.executeUpdate();
      }
      statement.execute();
      statement.getMoreResults();
      return statement.getUpdateCount();
    });
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
    return use(sql, values, statement -> {
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
    PreparedStatement statement = statements.open(connection, first + tables.in(sql));
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
