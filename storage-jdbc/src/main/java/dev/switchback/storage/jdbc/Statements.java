// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sqlite.SQLiteConnection;

/** Where sessions get their statements from. */
interface Statements {

  /** Makes a statement each time, and leaves it to a driver or pool to know it again. */
  Statements OF_DRIVER = new Statements() {

    @Override
    public PreparedStatement open(Connection connection, String sql) throws SQLException {
      return connection.prepareStatement(sql);
    }

    @Override
    public void close(PreparedStatement statement) throws SQLException {
      statement.close();
    }
  };

  /** Returns a statement for one use, which ends with {@link #close}. */
  PreparedStatement open(Connection connection, String sql) throws SQLException;

  /** Ends a use that went well; whoever made a result set closes it before. */
  void close(PreparedStatement statement) throws SQLException;

  /** Ends a use that failed, after which a statement is of no use any more. */
  static void drop(PreparedStatement statement, Throwable failure) {
    try {
      statement.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Keeps the statements of each connection of a pool of our own. SQLite's driver compiles a statement
   * each time it is made, which takes about as long as to find a row. They are closed with their
   * connection.
   */
  final class Kept implements Statements {

    // Who has a connection is the only one to use its statements.
    private final Map<SQLiteConnection, Map<String, PreparedStatement>> kept =
        new ConcurrentHashMap<>();

    @Override
    public PreparedStatement open(Connection connection, String sql) throws SQLException {
      SQLiteConnection inner = connection.unwrap(SQLiteConnection.class);
      Map<String, PreparedStatement> statements = kept.get(inner);
      if (statements == null) {
        kept.keySet().removeIf(Kept::isClosed); // those that the pool has dropped
        statements = new HashMap<>();
        kept.put(inner, statements);
      }
      PreparedStatement statement = statements.get(sql);
      if (statement == null || statement.isClosed()) { // after a failure
        statement = inner.prepareStatement(sql);
        statements.put(sql, statement);
      }
      return statement;
    }

    private static boolean isClosed(SQLiteConnection connection) {
      try {
        return connection.isClosed();
      } catch (SQLException e) {
        return true;
      }
    }

    @Override
    public void close(PreparedStatement statement) throws SQLException {
      statement.clearParameters(); // a document may be large
    }
  }
}
