// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.Commit;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.testkit.contract.StorageContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

  @Test
  void call_withTheConnectionOfATransaction_isRefusedAndLeavesTheTransactionAlone()
      throws SQLException {
    PostgresServer.execute(source, "create table of_host (x int)");
    OneConnection shared = new OneConnection(source.getConnection());
    try (Connection connection = shared.getConnection();
        Storage storage = JdbcStorage.open(shared)) {
      connection.setAutoCommit(false);
      storage.apps().find(APP);
      insert(connection);

      for (ThrowingCallable call : List.<ThrowingCallable>of(
          () -> storage.apps().find(APP),
          () -> storage.templates().create(Examples.version("1.0")),
          () -> storage.leases().acquire(APP, "node", Examples.LONG),
          () -> Examples.fill(storage),
          () -> JdbcStorage.open(shared))) {
        assertThatThrownBy(call)
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("the connection of a transaction under way");
      }
      connection.rollback();
      assertThat(rowsOfHost()).isZero();
      insert(connection);
      connection.commit();
      assertThat(rowsOfHost()).isEqualTo(1);
      assertThat(storage.templates().create(Examples.version("1.0"))).isTrue();
    }
  }

  private static void insert(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("insert into of_host values (1)");
    }
  }

  private int rowsOfHost() throws SQLException {
    try (Connection another = source.getConnection();
        Statement statement = another.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from of_host")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  @Test
  void call_whileThePoolIsEmpty_saysSoAndMayBeTriedAgain() throws SQLException {
    pool.getHikariConfigMXBean().setConnectionTimeout(250);
    try (Storage storage = open()) {
      try (Connection taken = pool.getConnection()) {
        assertThat(taken.isValid(5)).isTrue();
        assertThatThrownBy(() -> storage.leases().acquire(APP, "node", Examples.LONG))
            .isInstanceOfSatisfying(
                StorageException.class, e -> assertThat(e.mayRetry()).isTrue())
            .hasMessageContaining("no connection was free");
      }
      assertThat(storage.leases().acquire(APP, "node", Examples.LONG).fence()).isEqualTo(1);
    }
  }

  @Test
  void call_whileTheDatabaseGivesNoConnection_saysSoAndMayBeTriedAgain() {
    JdbcStorage.open(source).close();
    PGSimpleDataSource guest = guest();
    PostgresServer.execute(
        source, "grant all on all tables in schema " + source.getCurrentSchema() + " to guest");
    try (Storage storage = JdbcStorage.open(guest)) {
      PostgresServer.execute(source, "alter role guest connection limit 0");
      assertThatThrownBy(() -> storage.leases().acquire(APP, "node", Examples.LONG))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.mayRetry()).isTrue())
          .hasMessageContaining("no connection was free");
    }
  }

  @Test
  void open_withoutTheRightToReadTheTables_tellsWhatTheDatabaseSaid() {
    JdbcStorage.open(source).close();
    PGSimpleDataSource guest = guest();
    for (JdbcOptions tables :
        List.of(JdbcOptions.standard(), JdbcOptions.standard().withTablesOfHost())) {
      assertThatThrownBy(() -> JdbcStorage.open(guest, tables))
          .isInstanceOf(StorageException.class)
          .hasMessageStartingWith("Cannot open the storage in the database of the host: ")
          .hasMessageContaining("permission denied for table sb_schema");
    }
  }

  /** Makes a user who may look into the schema and no more. */
  private PGSimpleDataSource guest() {
    PostgresServer.execute(source, "create role guest login");
    PostgresServer.execute(
        source, "grant usage on schema " + source.getCurrentSchema() + " to guest");
    PGSimpleDataSource guest = PostgresServer.running().sourceOf(source.getCurrentSchema());
    guest.setUser("guest");
    return guest;
  }

  @AfterEach
  void dropGuest() {
    PostgresServer.execute(
        source,
        "do $$ begin if exists (select from pg_roles where rolname = 'guest') then"
            + " drop owned by guest; drop role guest; end if; end $$");
  }

  @Test
  void open_withoutTheRightToMakeTables_tellsWhatTheDatabaseSaid() {
    source.setReadOnly(true);

    assertThatThrownBy(() -> JdbcStorage.open(source))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Cannot bring the tables in the database of the host up to date: ")
        .hasMessageEndingWith("cannot execute CREATE TABLE in a read-only transaction");
  }

  /** Flyway alone asks ten times, a second apart. */
  @Test
  @Timeout(5)
  void open_withoutTheRightToMakeTablesOrTheSchema_isRefusedAtOnceAndLeavesNothing()
      throws SQLException {
    PGSimpleDataSource guest = guest();
    for (JdbcOptions where : List.of(JdbcOptions.standard(), options)) {
      assertThatThrownBy(() -> JdbcStorage.open(guest, where))
          .isInstanceOf(StorageException.class)
          .hasMessageStartingWith(
              "Cannot bring the tables in the database of the host up to date: ")
          .hasMessageContaining("permission denied for ");
    }
    JdbcStorage.open(source).close();
    try (Connection connection = source.getConnection();
        ResultSet tables = connection
            .getMetaData()
            .getTables(null, source.getCurrentSchema(), "%rehearsal", null)) {
      assertThat(tables.next()).isFalse();
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

  @Test
  void commit_thatCannotBeRolledBack_leavesNoConnectionInATransaction() {
    AtomicBoolean fails = new AtomicBoolean();
    DataSource failing = Watched.around(source, (sql, connection) -> {
      if (sql.equals("rollback") && fails.getAndSet(false)) {
        throw new SQLException("prepared statement S_1 does not exist", "26000");
      }
    });
    try (HikariDataSource poolOfOne = pool(failing);
        Storage storage = JdbcStorage.open(poolOfOne)) {
      Examples.fill(storage);
      Lease lease = storage.leases().acquire(APP, "node", Examples.LONG);
      Commit stale = Commit.of(APP)
          .journal(List.of(Examples.entry(7)))
          .state(Examples.state("1.0", 3))
          .build();
      fails.set(true);

      assertThatThrownBy(() -> storage.commit(lease, stale))
          .isExactlyInstanceOf(StaleStateException.class);
      assertThat(fails).isFalse();
      assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
    }
  }
}
