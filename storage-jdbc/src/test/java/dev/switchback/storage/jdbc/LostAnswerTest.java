// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** A data source whose next commit is done, or not, and answered with an error. */
final class LostAnswerTest {

  private static final int IO_ERROR = 10;
  private static final int FULL = 13;

  @TempDir
  Path directory;

  private boolean commits;
  private int error;

  @Test
  void write_commitDoneButNotAnswered_isUnknown() {
    try (Storage storage = JdbcStorage.open(source())) {
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      commits = true;
      error = IO_ERROR;
      assertThatThrownBy(() -> Examples.swap(storage, lease, Examples.state("1.0", 1)))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("change app shop");
      error = 0;
      assertThat(storage.apps().find(APP)).isPresent();
    }
  }

  @Test
  void write_commitRefused_isNotDone() {
    try (Storage storage = JdbcStorage.open(source())) {
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      error = FULL;
      assertThatThrownBy(() -> Examples.swap(storage, lease, Examples.state("1.0", 1)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("no room left");
      error = 0;
      assertThat(storage.apps().find(APP)).isEmpty();
      Examples.swap(storage, lease, Examples.state("1.0", 1));
    }
  }

  private DataSource source() {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + directory.resolve("host.db"));
    return around(DataSource.class, source);
  }

  /** Stands around a JDBC object and what it hands out. */
  private <T> T around(Class<T> type, T inner) {
    InvocationHandler handler = (proxy, method, arguments) -> {
      boolean commit = method.getName().equals("execute") && "commit".equals(arguments[0]);
      if (commit && error != 0 && !commits) {
        throw new SQLException("the disk said no", null, error);
      }
      Object result;
      try {
        result = method.invoke(inner, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
      if (commit && error != 0) {
        throw new SQLException("the answer was lost", null, error);
      }
      if (result instanceof Connection connection) {
        return around(Connection.class, connection);
      }
      return method.getName().equals("createStatement")
          ? around(Statement.class, (Statement) result)
          : result;
    };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
