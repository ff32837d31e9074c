// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Stands around a data source and sees each statement before it is prepared or run. */
final class Watched {

  /** What is done with a statement before the database gets it. */
  interface Watcher {
    void see(String sql, Connection connection) throws SQLException;
  }

  private Watched() {}

  static DataSource around(DataSource source, Watcher watcher) {
    return proxy(DataSource.class, source, null, watcher);
  }

  private static <T> T proxy(
      Class<T> type, T inner, @org.jspecify.annotations.Nullable Connection of, Watcher watcher) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          Connection connection = inner instanceof Connection it ? it : of;
          if (connection != null && method.getName().equals("commit")) {
            watcher.see("commit", connection);
          }
          if (connection != null && arguments != null && arguments[0] instanceof String sql) {
            watcher.see(sql, connection);
          }
          Object result;
          try {
            result = method.invoke(inner, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          if (result instanceof Connection made) {
            return proxy(Connection.class, made, null, watcher);
          }
          return result instanceof Statement made && !(result instanceof PreparedStatement)
              ? proxy(Statement.class, made, connection, watcher)
              : result;
        }));
  }
}
