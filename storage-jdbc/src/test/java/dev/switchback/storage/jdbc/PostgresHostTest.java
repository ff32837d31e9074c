// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.contract.StorageContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The contract on PostgreSQL, with a host that has one connection, serializable and in transactions,
 * and wants the tables elsewhere and under other names.
 */
final class PostgresHostTest extends StorageContract {

  private final PGSimpleDataSource source = PostgresServer.running().newSchema();
  private final HikariDataSource pool = pool(source);
  private final JdbcOptions options = JdbcOptions.standard()
      .withSchema(source.getCurrentSchema() + "_host")
      .withTablePrefix("host_");
  private final List<Connection> kept = new CopyOnWriteArrayList<>();

  private static HikariDataSource pool(DataSource source) {
    HikariConfig config = PostgresServer.poolConfig(source, 1);
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    return new HikariDataSource(config);
  }

  @Override
  protected Storage open() {
    return JdbcStorage.open(pool, options);
  }

  @AfterEach
  void closeConnections() throws SQLException {
    pool.close();
    for (Connection connection : kept) {
      connection.close();
    }
  }

  @Test
  void open_andUse_leaveTheSettingsOfConnectionsAsTheyWere() throws SQLException {
    try (Storage storage = JdbcStorage.open(keeping(source))) {
      Examples.fill(storage);
      var lease = storage.leases().acquire(APP, "node", Examples.LONG);
      assertThatThrownBy(() -> Examples.swap(storage, lease, Examples.state("1.0", 1)))
          .isInstanceOf(StaleStateException.class);
    }
    assertThat(kept).hasSizeGreaterThan(10);
    for (Connection connection : kept) {
      assertThat(state(connection)).isEqualTo("idle");
      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(connection.getTransactionIsolation())
          .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      assertThat(connection.isReadOnly()).isFalse();
      assertThat(connection.getSchema()).startsWith("test_");
    }
  }

  /** Tells whether a connection was left in the middle of a transaction. */
  private String state(Connection connection) throws SQLException {
    int backend = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    try (Connection another = source.getConnection();
        Statement statement = another.createStatement();
        ResultSet rows =
            statement.executeQuery("select state from pg_stat_activity where pid = " + backend)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  /** Keeps each connection open when it is given back, with what was left of its settings. */
  private DataSource keeping(DataSource inner) {
    return (DataSource) Proxy.newProxyInstance(
        DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (p, m, arguments) -> {
          try {
            Object result = m.invoke(inner, arguments);
            return result instanceof Connection connection ? keep(connection) : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private Connection keep(Connection inner) throws SQLException {
    inner.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    inner.setAutoCommit(false);
    kept.add(inner);
    return (Connection) Proxy.newProxyInstance(
        Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, m, arguments) -> {
          if (m.getName().equals("close")) {
            return null;
          }
          try {
            return m.invoke(inner, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
