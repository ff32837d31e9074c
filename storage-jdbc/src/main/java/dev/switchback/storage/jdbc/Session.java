// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
  private List<String> first;

  /**
   * Makes one.
   *
   * @param first what to run together with the first statement; may be empty
   */
  Session(
      Connection connection,
      Statements statements,
      Dialect dialect,
      Tables tables,
      List<String> first) {
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
    int before = first.size();
    return use(tables.in(sql), values, statement -> {
      if (before == 0) {
        return statement.executeUpdate();
      }
      executePast(before, statement);
      return statement.getUpdateCount();
    });
  }

  /** Runs a statement and stands on the result behind those of the first {@code before} parts. */
  private static void executePast(int before, PreparedStatement statement) throws SQLException {
    statement.execute();
    for (int i = 0; i < before; i++) {
      statement.getMoreResults();
    }
  }

  /**
   * Runs statements as a transaction that the database gets in one go, with its commit. It is done
   * when this returns, and if this throws, what failed says whether it may be done.
   */
  void commit(List<Write> writes) throws SQLException {
    List<String> parts = new ArrayList<>(dialect.beginning());
    List<Object> values = new ArrayList<>();
    for (Write write : writes) {
      for (Object[] row : write.rows()) {
        parts.add(tables.in(write.strict()));
        values.addAll(Arrays.asList(row));
      }
    }
    parts.add("commit");
    try {
      use(String.join("; ", parts), values.toArray(), PreparedStatement::execute);
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }

  /** Ends the transaction that {@link #commit} began, of which the driver knows nothing. */
  private void rollBack(Throwable first) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("rollback");
    } catch (SQLException e) {
      first.addSuppressed(e);
      drop(first);
    }
  }

  /** Closes a connection that may be in a transaction, so that no pool gives it out again. */
  private void drop(Throwable first) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
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
    int before = first.size();
    int[] written = use(sql, values, statement -> {
      executePast(before, statement);
      int[] counts = new int[writes.size()];
      for (int i = 0; i < counts.length; i++) {
        if (i > 0) {
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
    int before = first.size();
    return use(tables.in(sql), values, statement -> {
      List<T> found = new ArrayList<>();
      try (ResultSet rows = before == 0 ? statement.executeQuery() : past(before, statement)) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    });
  }

  private static ResultSet past(int before, PreparedStatement statement) throws SQLException {
    executePast(before, statement);
    return statement.getResultSet();
  }

  /** Returns the row that a query finds, which is at most one. */
  <T> Optional<T> first(String sql, RowReader<T> reader, Object... values) throws SQLException {
    return list(sql, reader, values).stream().findFirst();
  }

  private <T> T use(String sql, Object[] values, Use<T> use) throws SQLException {
    String all = first.isEmpty() ? sql : String.join("; ", first) + "; " + sql;
    PreparedStatement statement = statements.open(connection, all);
    first = List.of();
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
