// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.model.AppId;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.Commit;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** PostgreSQL servers that end a connection or go away, and come back. */
final class PostgresFailureTest {

  /**
   * The calls of a commit that forgets a revision, too: all that is written and the question for the
   * lease at once, the question for the generation, the removal, commit.
   */
  private static final int COMMIT = 4;

  private static final List<String> CALLS =
      List.of("createStatement", "prepareStatement", "commit");

  private final PostgresServer server = PostgresServer.running();
  private final PGSimpleDataSource source = server.newSchema();

  /** Counted down by the calls of a transaction; the connection is cut before call zero. */
  private int callsLeft = Integer.MAX_VALUE;

  private boolean answerLost;

  private boolean saysWhy;

  @BeforeEach
  void makeTables() {
    JdbcStorage.open(source).close(); // by more than the one connection of the pools here
  }

  @Test
  void swap_connectionCutBeforeItsOnlyCall_isUnknownAndWorksWhenTriedAgain() {
    try (HikariDataSource pool = PostgresServer.pool(cutting(source), 1);
        Storage storage = JdbcStorage.open(pool)) {
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      callsLeft = 1;

      assertThatThrownBy(() -> Examples.swap(storage, lease, Examples.state("1.0", 1)))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("change app shop");

      callsLeft = Integer.MAX_VALUE;
      assertThat(storage.apps().find(APP)).isEmpty();
      Examples.swap(storage, lease, Examples.state("1.0", 1));
      assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 1));
    }
  }

  @Test
  void commit_connectionCutBeforeAnyOfItsCalls_isNotDoneAndWorksWhenTriedAgain() {
    // A pool of one: what is left of a connection that was cut is in the way of the next call.
    try (HikariDataSource pool = PostgresServer.pool(cutting(source), 1);
        Storage storage = JdbcStorage.open(pool)) {
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      Examples.swap(storage, lease, Examples.state("1.0", 1));
      for (int call = 1; call <= COMMIT; call++) {
        callsLeft = call;
        long before = call;
        Throwable thrown = catchThrowable(() -> storage.commit(lease, forgetting(before)));

        assertThat(callsLeft).isZero();
        assertThat(thrown)
            .isInstanceOf(call < COMMIT ? StorageException.class : OutcomeUnknownException.class)
            .hasMessageContaining("change app shop");
        callsLeft = Integer.MAX_VALUE;
        assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", before));
        storage.commit(lease, forgetting(before));
        assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", before + 1));
        assertThat(storage.apps().findRevision(APP, before)).isEmpty();
      }
    }
  }

  /** Brings the app forward from a generation, whose revision goes. */
  private static Commit forgetting(long generation) {
    return Commit.of(APP)
        .state(Examples.state("1.0", generation + 1))
        .forgetRevisions(Set.of(generation))
        .build();
  }

  @Test
  void swap_connectionCutBeforeTheAnswer_isUnknownAndFoundDone() {
    try (HikariDataSource pool = PostgresServer.pool(cutting(source), 1);
        Storage storage = JdbcStorage.open(pool)) {
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      callsLeft = 1;
      answerLost = true;

      assertThatThrownBy(() -> Examples.swap(storage, lease, Examples.state("1.0", 1)))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("change app shop");

      callsLeft = Integer.MAX_VALUE;
      assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 1));
    }
  }

  /** A server without room for its log: what it had written by then, it finds again. */
  @Test
  void swap_serverThatGoesDownAndSaysWhy_isUnknownAndFoundDone() {
    try (HikariDataSource pool = PostgresServer.pool(cutting(source), 1);
        Storage storage = JdbcStorage.open(pool)) {
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      callsLeft = 1;
      answerLost = true;
      saysWhy = true;

      assertThatThrownBy(() -> Examples.swap(storage, lease, Examples.state("1.0", 1)))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("change app shop")
          .hasMessageContaining("PANIC: No space left on device");

      callsLeft = Integer.MAX_VALUE;
      assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 1));
    }
  }

  @Test
  void commit_connectionCutBeforeTheAnswerToItsCommit_isUnknownAndFoundDone() {
    try (HikariDataSource pool = PostgresServer.pool(cutting(source), 1);
        Storage storage = JdbcStorage.open(pool)) {
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      Examples.swap(storage, lease, Examples.state("1.0", 1));
      callsLeft = COMMIT;
      answerLost = true;

      assertThatThrownBy(() -> storage.commit(lease, forgetting(1)))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("change app shop");

      callsLeft = Integer.MAX_VALUE;
      assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 2));
      assertThat(storage.apps().findRevision(APP, 1)).isEmpty();
    }
  }

  @Test
  void create_connectionCut_isUnknownAndCanBeMadeAgain() {
    try (HikariDataSource pool = PostgresServer.pool(cutting(source), 1);
        Storage storage = JdbcStorage.open(pool)) {
      callsLeft = 1;

      assertThatThrownBy(() -> storage.templates().create(Examples.version("1.0")))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("keep shop-template@1.0");

      callsLeft = Integer.MAX_VALUE;
      assertThat(storage.templates().find(Examples.ref("1.0"))).isEmpty();
      assertThat(storage.templates().create(Examples.version("1.0"))).isTrue();
    }
  }

  @Test
  void call_whileTheServerIsDown_saysSoAndWorksAgainAfterwards() throws IOException {
    try (HikariDataSource pool = PostgresServer.pool(source, 1);
        Storage pooled = JdbcStorage.open(pool);
        Storage direct = JdbcStorage.open(source)) {
      Examples.fill(pooled);
      Lease lease = direct.leases().acquire(APP, "node", LONG);

      server.restart(() -> {
        assertThatThrownBy(() -> direct.apps().find(APP))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("Cannot read app shop in the database of the host")
            .hasMessageContaining("see that it can be reached");
        assertThatThrownBy(() -> Examples.swap(direct, lease, Examples.state("1.0", 3)))
            .isInstanceOf(StorageException.class);
      });

      assertThat(direct.apps().find(APP)).contains(Examples.state("2.0", 2));
      assertThat(direct.leases().find(APP)).contains(lease);
      Examples.swap(direct, lease, Examples.state("1.0", 3));
      // The pool may hand out what it had before, once.
      assertThat(Optional.ofNullable(catchThrowable(() -> pooled.apps().find(APP))))
          .satisfies(
              e -> e.ifPresent(thrown -> assertThat(thrown).isInstanceOf(StorageException.class)));
      assertThat(pooled.apps().find(APP)).contains(Examples.state("1.0", 3));
      Examples.swap(pooled, lease, Examples.state("2.0", 4));
      assertThat(direct.apps().find(APP)).contains(Examples.state("2.0", 4));
    }
  }

  @Test
  void commits_whileTheServerIsRestarted_areThereIfTheyWereAnswered() throws Exception {
    goOnWhile(() -> server.restart(() -> {}));
  }

  /** {@code -Dswitchback.crashes=50} asks for that many. */
  @Test
  void commits_whileTheServerIsKilled_areThereIfTheyWereAnswered() throws Exception {
    for (int crash = Integer.getInteger("switchback.crashes", 2); crash > 0; crash--) {
      goOnWhile(server::crash);
    }
  }

  /** Something that goes wrong with the server. */
  private interface Trouble {
    void happen() throws IOException;
  }

  /** Four threads that each bring an app of their own forward; the server goes away and comes back. */
  private void goOnWhile(Trouble trouble) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch underWay = new CountDownLatch(4);
    try (HikariDataSource pool = PostgresServer.pool(source, 4);
        Storage storage = JdbcStorage.open(pool)) {
      List<Future<Integer>> failures = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Lease lease = storage.leases().acquire(new AppId("app-" + i), "node", LONG);
        failures.add(threads.submit(() -> goOn(storage, lease, over, underWay)));
      }
      underWay.await();
      trouble.happen();
      over.set(true);
      int failed = 0;
      for (Future<Integer> each : failures) {
        failed += each.get();
      }
      assertThat(failed).as("commits that failed or were not answered").isPositive();
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Commits until it is over and one more came through; under way from the fifth on. Returns how many
   * commits failed or were not answered.
   */
  private static int goOn(
      Storage storage, Lease lease, AtomicBoolean over, CountDownLatch underWay) {
    AppId app = lease.app();
    int failed = 0;
    long answered = storage.apps().find(app).map(AppState::generation).orElse(0L);
    boolean unknown = false;
    boolean fine = false;
    int commits = 0;
    while (!over.get() || !fine) {
      fine = false;
      try {
        long present = storage.apps().find(app).map(AppState::generation).orElse(0L);
        assertThat(present).isBetween(answered, answered + (unknown ? 1 : 0));
        answered = present;
        unknown = false;
        AppState next = Examples.state("1.0", present + 1).toBuilder().app(app).build();
        storage.commit(lease, Commit.of(app).state(next).build());
        answered++;
        fine = true;
        commits++;
        if (commits == 5) {
          underWay.countDown();
        }
      } catch (OutcomeUnknownException e) {
        unknown = true;
        failed++;
      } catch (StorageException e) {
        failed++;
      }
    }
    storage.leases().release(lease);
    return failed;
  }

  @Test
  void append_withoutRoomOnTheServer_saysSoAndChangesNothing() {
    PostgresServer.execute(
        source,
        "create function full_disk() returns trigger language plpgsql as"
            + " $$ begin raise exception 'no space' using errcode = '53100'; end $$");
    PostgresServer.execute(
        source, "create trigger full_disk before insert on sb_audit execute function full_disk()");
    try (Storage storage = JdbcStorage.open(source)) {
      assertThatThrownBy(() -> storage.audit().append(Examples.tick(1)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("there is no room left on the disk; make some");
      PostgresServer.execute(source, "drop trigger full_disk on sb_audit");
      storage.audit().append(Examples.tick(1));
    }
  }

  private DataSource cutting(DataSource inner) {
    return (DataSource) Proxy.newProxyInstance(
        DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (p, m, arguments) -> {
          Object result = invoke(m, inner, arguments);
          return result instanceof Connection connection ? cutting(connection) : result;
        });
  }

  private Connection cutting(Connection inner) {
    return (Connection) Proxy.newProxyInstance(
        Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, m, arguments) -> {
          boolean now = CALLS.contains(m.getName()) && --callsLeft == 0;
          if (now && !answerLost) {
            cut(inner);
          }
          Object result = invoke(m, inner, arguments);
          if (!now || !answerLost) {
            return result;
          }
          return result instanceof PreparedStatement made ? losing(made, inner) : lose(inner);
        });
  }

  /** Cuts the connection when the statement has run. */
  private PreparedStatement losing(PreparedStatement inner, Connection connection) {
    return (PreparedStatement) Proxy.newProxyInstance(
        PreparedStatement.class.getClassLoader(),
        new Class<?>[] {PreparedStatement.class},
        (p, m, arguments) -> {
          Object result = invoke(m, inner, arguments);
          return m.getName().equals("execute") ? lose(connection) : result;
        });
  }

  private void cut(Connection connection) throws SQLException {
    server.cut("pid = " + connection.unwrap(PGConnection.class).getBackendPID());
  }

  private Object lose(Connection connection) throws SQLException {
    cut(connection);
    PSQLException lost = new PSQLException("The answer was lost", PSQLState.CONNECTION_FAILURE);
    if (!saysWhy) {
      throw lost;
    }
    SQLException why = new SQLException("PANIC: No space left on device", "53100");
    why.setNextException(lost);
    throw why;
  }

  private static Object invoke(Method method, Object inner, Object[] arguments) throws Throwable {
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
