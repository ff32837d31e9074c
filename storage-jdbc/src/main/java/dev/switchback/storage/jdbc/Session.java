// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.model.AppId;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.FencedOffException;
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

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Tells whether there is a table of this name where tables without a schema are looked for. */
  boolean hasTable(String name) throws SQLException {
    return first(dialect.tableQuery(), row -> row.getString(1), name).isPresent();
  }

  /** Runs an insert, update or delete and returns the number of rows it wrote. */
  int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** Returns all rows that a query finds, in its order. */
  <T> List<T> list(String sql, RowReader<T> reader, Object... values) throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
    return found;
  }

  /** Returns the row that a query finds, which is at most one. */
  <T> Optional<T> first(String sql, RowReader<T> reader, Object... values) throws SQLException {
    return list(sql, reader, values).stream().findFirst();
  }

  /**
   * Refuses unless {@code lease} is the lease of {@code app}, and keeps it so until the commit.
   *
   * @throws IllegalArgumentException if the lease is one of another app
   * @throws FencedOffException if it was released or has passed to another holder
   */
  void checkLease(Lease lease, AppId app) throws SQLException {
    if (!lease.app().equals(app)) {
      throw new IllegalArgumentException(
          "Invalid lease: it is for " + lease.app() + ", the change is to " + app);
    }
    boolean holds = first(
            "select 1 from sb_lease where app = ? and fence = ? and released = false"
                + dialect.keepRows(),
            row -> true,
            app.value(),
            lease.fence())
        .isPresent();
    if (!holds) {
      throw new FencedOffException(lease);
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
