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

  private final Connection connection;
  private final Dialect dialect;
  private final Tables tables;
  private String first;

  /**
   * Makes one.
   *
   * @param first what to run together with the first statement; may be empty
   */
  Session(Connection connection, Dialect dialect, Tables tables, String first) {
    this.connection = connection;
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
    try (PreparedStatement statement = prepare(sql, values)) {
      if (alone) {
        return statement.executeUpdate();
      }
      statement.execute();
      statement.getMoreResults();
      return statement.getUpdateCount();
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
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = alone ? statement.executeQuery() : second(statement)) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
    return found;
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

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(first + tables.in(sql));
    first = "";
    try {
      set(statement, values);
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
