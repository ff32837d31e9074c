// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.LONG;
import static dev.switchback.storage.jdbc.Examples.RECORD;
import static dev.switchback.storage.jdbc.Examples.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.Commit;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.StoredOperation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Commits that PostgreSQL gets as a whole, in one call, and what it refuses of them. */
final class PostgresCommitTest {

  private static final PageRequest TEN = PageRequest.first(10);

  private static final String READ_FROM_END_TO_END = "select sum(seq_scan) from pg_stat_user_tables"
      + " where schemaname = current_schema()"
      + " and relname in ('sb_journal', 'sb_revision', 'sb_record', 'sb_lease', 'sb_app')";

  private final PGSimpleDataSource source = PostgresServer.running().newSchema();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** Of one connection: a transaction that was left open would be in the way of all that follows. */
  private final HikariDataSource pool =
      PostgresServer.pool(Watched.around(source, (sql, connection) -> calls.add(sql)), 1);

  private final Storage storage = JdbcStorage.open(pool);
  private Lease lease;

  @BeforeEach
  void fill() {
    Examples.fill(storage); // generation 2, record 1 with two entries, builds 1 and 2
    lease = storage.leases().acquire(APP, "node", LONG);
    calls.clear();
  }

  @AfterEach
  void close() {
    storage.close();
    pool.close();
  }

  /** Everything at once but removals. */
  private static Commit.Builder all() {
    return Commit.of(APP)
        .begin(operation("rec-2"))
        .journal(List.of(Examples.entry(3), Examples.entry(4)))
        .state(Examples.state("1.0", 3))
        .builds(List.of(Examples.build(3), Examples.build(4)))
        .record(Examples.record(RecordStatus.SUCCEEDED), Examples.record(RecordStatus.FAILED));
  }

  private static StoredOperation operation(String record) {
    return new StoredOperation(
        Examples.record(RecordStatus.PLANNED).toBuilder()
            .id(new RecordId(record))
            .build(),
        Examples.state("1.0", 3));
  }

  @Test
  void commit_ofEverything_isOneCall() {
    storage.commit(lease, all().release().build());

    assertThat(calls).singleElement().asString().startsWith("begin ").endsWith("; commit");
    assertThat(storage.records().find(operation("rec-2").record().id()))
        .contains(operation("rec-2"));
    assertThat(storage.journals().read(RECORD)).hasSize(4);
    assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 3));
    assertThat(storage.builds().list(APP, WEB, TEN).items()).hasSize(4);
    assertThat(storage.records().find(RECORD).orElseThrow().record())
        .isEqualTo(Examples.record(RecordStatus.FAILED));
    assertThat(storage.leases().find(APP)).isEmpty();
  }

  @Test
  void commit_thatGoesOnWithAJournal_isOneStatementThatAsksForTheLease() {
    storage.commit(lease, goingOnAt(3));

    checkOneStatement();
    assertThat(storage.journals().read(RECORD))
        .containsExactly(
            Examples.entry(1), Examples.entry(2), Examples.entry(3), Examples.entry(4));
  }

  /** A record stays with its app, so that this need be asked for once. */
  @Test
  void commit_thatGoesOnWithAJournalThatAnotherProcessBegan_asksOnceForTheAppOfItsRecord() {
    try (Storage other = JdbcStorage.open(pool)) {
      calls.clear();
      other.commit(lease, goingOnAt(3));
      assertThat(calls).hasSize(2).first().asString().contains("sb_record");
      calls.clear();
      other.commit(lease, goingOnAt(5));
      checkOneStatement();
    }
    assertThat(storage.journals().read(RECORD)).hasSize(6);
  }

  @Test
  void commit_ofAState_isOneStatementThatAsksForTheLease() {
    Examples.swap(storage, lease, Examples.state("1.0", 3));

    checkOneStatement();
    assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 3));
    assertThat(storage.apps().findRevision(APP, 2)).contains(Examples.state("2.0", 2));
  }

  /** It is a transaction by itself, so nothing begins and commits one. */
  private void checkOneStatement() {
    assertThat(calls).singleElement().asString().contains("sb_lease").doesNotContain(";");
  }

  /** Two entries and nothing else. */
  private static Commit goingOnAt(long sequence) {
    return Commit.of(APP)
        .journal(List.of(Examples.entry(sequence), Examples.entry(sequence + 1)))
        .build();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4})
  void commit_thatGoesOnElsewhereThanAtTheEndOfAJournal_isRefused(long sequence) {
    assertThatThrownBy(() -> storage.commit(lease, goingOnAt(sequence)))
        .isExactlyInstanceOf(StaleStateException.class)
        .hasMessageContaining(
            "Cannot append entry " + sequence + " to the journal of rec-1: it has" + " 2 entries");
    checkOneStatementWasTried();
  }

  @Test
  void commit_thatGoesOnUnderALeaseOfAnother_isFencedOff() {
    storage.leases().release(lease);
    storage.leases().acquire(APP, "another node", LONG);
    calls.clear();
    assertThatThrownBy(() -> storage.commit(lease, goingOnAt(3)))
        .isExactlyInstanceOf(FencedOffException.class);
    checkOneStatementWasTried();
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4})
  void commit_ofAStateThatIsNotTheNext_isRefused(long generation) {
    assertThatThrownBy(() -> Examples.swap(storage, lease, Examples.state("1.0", generation)))
        .isExactlyInstanceOf(StaleStateException.class)
        .hasMessageContaining(
            "Cannot bring shop to generation " + generation + ": it is at generation 2");
    checkOneStatementWasTried();
  }

  @Test
  void commit_ofAStateUnderALeaseOfAnother_isFencedOff() {
    storage.leases().release(lease);
    storage.leases().acquire(APP, "another node", LONG);
    calls.clear();
    assertThatThrownBy(() -> Examples.swap(storage, lease, Examples.state("1.0", 3)))
        .isExactlyInstanceOf(FencedOffException.class);
    checkOneStatementWasTried();
  }

  @Test
  void commit_thatGoesOnWithAJournalThatIsForgottenMeanwhile_isRefused() throws Exception {
    Future<?> commit = commitWhileAnother("delete from sb_journal", goingOnAt(3));

    assertThatThrownBy(commit::get).hasCauseExactlyInstanceOf(StaleStateException.class);
    assertThat(storage.journals().read(RECORD)).isEmpty();
  }

  @Test
  void commit_ofAStateOfAnAppThatMovesOnMeanwhile_isRefused() throws Exception {
    Future<?> commit = commitWhileAnother(
        "insert into sb_revision (app, generation, document)"
            + " select app, 3, document from sb_revision where generation = 2",
        Commit.of(APP).state(Examples.state("1.0", 3)).build());

    assertThatThrownBy(commit::get)
        .hasCauseExactlyInstanceOf(StaleStateException.class)
        .hasMessageContaining("Cannot bring shop to generation 3: it is at generation 3");
  }

  @Test
  void commit_ofAStateWhoseLeaseIsReleasedMeanwhile_isFencedOff() throws Exception {
    Future<?> commit = commitWhileAnother(
        "update sb_lease set released = true",
        Commit.of(APP).state(Examples.state("1.0", 3)).build());

    assertThatThrownBy(commit::get).hasCauseExactlyInstanceOf(FencedOffException.class);
    assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
  }

  /** Commits while another transaction under the same lease writes, which then commits, too. */
  private Future<?> commitWhileAnother(String writes, Commit commit) throws SQLException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Connection other = source.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select 1 from sb_lease for no key update");
      statement.execute(writes);
      Future<?> waiting = executor.submit(() -> storage.commit(lease, commit));
      while (number("select count(*) from pg_locks where not granted") == 0) {
        assertThat(waiting.isDone()).isFalse();
      }
      other.commit();
      return waiting;
    } finally {
      executor.shutdown();
    }
  }

  /**
   * A commit that is refused.
   *
   * @param expected what is thrown
   * @param message part of what it says
   */
  private record Refused(
      String name, Commit commit, Class<? extends StorageException> expected, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Refused> refused() {
    Class<StaleStateException> stale = StaleStateException.class;
    return List.of(
        new Refused(
            "record that is there",
            all().begin(operation("rec-1")).build(),
            stale,
            "Cannot create record rec-1: there is one already"),
        new Refused(
            "journal with a gap",
            all().journal(List.of(Examples.entry(4))).build(),
            stale,
            "Cannot append entry 4 to the journal of rec-1: it has 2 entries"),
        new Refused(
            "entry that is there",
            all().journal(List.of(Examples.entry(2))).build(),
            stale,
            "Cannot append entry 2 to the journal of rec-1: it has"),
        new Refused(
            "generation that is there",
            all().state(Examples.state("1.0", 2)).build(),
            stale,
            "Cannot bring shop to generation 2: it is at generation 2"),
        new Refused(
            "first generation",
            all().state(Examples.state("1.0", 1)).build(),
            stale,
            "Cannot bring shop to generation 1: it is at generation 2"),
        new Refused(
            "generation too far",
            all().state(Examples.state("1.0", 4)).build(),
            stale,
            "Cannot bring shop to generation 4: it is at generation 2"),
        new Refused(
            "build that is there",
            all().builds(List.of(Examples.build(3), Examples.build(2))).build(),
            stale,
            "Cannot append build build-2 as number 2"),
        new Refused(
            "record that was changed",
            all()
                .record(Examples.record(RecordStatus.RUNNING), Examples.record(RecordStatus.FAILED))
                .build(),
            stale,
            "Cannot change record rec-1 from RUNNING to FAILED"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void commit_oneOfWhosePartsDoesNotFit_isRefusedAsAWhole(Refused refused) {
    assertThatThrownBy(() -> storage.commit(lease, refused.commit()))
        .isExactlyInstanceOf(refused.expected())
        .hasMessageContaining(refused.message());
    checkNothingWasDone();
  }

  @Test
  void commit_underALeaseThatWasReleased_isFencedOff() {
    storage.leases().release(lease);
    calls.clear();
    assertThatThrownBy(() -> storage.commit(lease, all().build()))
        .isExactlyInstanceOf(FencedOffException.class);
    assertThatThrownBy(() -> storage.commit(lease, all().release().build()))
        .isExactlyInstanceOf(FencedOffException.class);
    checkNothingWasDone();
  }

  @Test
  void commit_ofAnEntryToTheJournalOfAnotherApp_isRefused() {
    AppId other = new AppId("other");
    Lease ofOther = storage.leases().acquire(other, "node", LONG);
    calls.clear();
    assertThatThrownBy(() -> storage.commit(
            ofOther, Commit.of(other).journal(List.of(Examples.entry(3))).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other has no record rec-1");
    checkNothingWasDone();
  }

  /** Tells that a transaction in one call was tried, and left no trace. */
  private void checkNothingWasDone() {
    assertThat(calls.get(0)).startsWith("begin ").endsWith("; commit");
    assertThat(calls).contains("rollback");
    checkAllIsAsBefore();
  }

  /** Tells that a transaction of one statement was tried, and left no trace. */
  private void checkOneStatementWasTried() {
    assertThat(calls.get(0)).contains("sb_lease").doesNotContain(";");
    checkAllIsAsBefore();
  }

  private void checkAllIsAsBefore() {
    assertThat(storage.records().find(operation("rec-2").record().id())).isEmpty();
    assertThat(storage.journals().read(RECORD)).hasSize(2);
    assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
    assertThat(storage.apps().revisions(APP, TEN).items()).hasSize(2);
    assertThat(storage.builds().list(APP, WEB, TEN).items()).hasSize(2);
    assertThat(storage.records().find(RECORD).orElseThrow().record())
        .isEqualTo(Examples.record(RecordStatus.SUCCEEDED));
    assertThat(number("select count(*) from pg_stat_activity where state like 'idle in%'"
            + " and query like '%sb_%'"))
        .isZero();
    Lease next =
        storage.leases().find(APP).orElseGet(() -> storage.leases().acquire(APP, "node", LONG));
    storage.commit(next, all().build());
    assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 3));
  }

  @Test
  void commit_ofMoreThanIsSentAtOnce_isDone() {
    List<JournalEntry> entries =
        LongStream.rangeClosed(3, 60).mapToObj(Examples::entry).toList();
    storage.commit(lease, Commit.of(APP).journal(entries).build());

    assertThat(calls).last().isEqualTo("commit");
    assertThat(storage.journals().read(RECORD)).hasSize(60);
  }

  @Test
  void commit_ofALargeState_isDone() {
    AppState large = Examples.state("1.0", 3).toBuilder()
        .generated(new TreeMap<>(Map.of("large", Setting.secret("s".repeat(5_000_000)))))
        .build();
    Examples.swap(storage, lease, large);
    assertThat(storage.apps().find(APP)).contains(large);
  }

  @Test
  void commits_onTablesThatWereSmallWhenTheyWerePlanned_doNotReadThemFromEndToEnd() {
    PostgresServer.execute(
        source, "vacuum analyze sb_journal, sb_revision, sb_record, sb_lease, sb_app");
    PostgresServer.execute(pool, "select pg_stat_force_next_flush()");
    long before = number(READ_FROM_END_TO_END);
    for (int i = 3; i <= 100; i++) {
      storage.commit(lease, Commit.of(APP).journal(List.of(Examples.entry(i))).build());
      Examples.swap(storage, lease, Examples.state("1.0", i));
    }
    PostgresServer.execute(pool, "select pg_stat_force_next_flush()");

    assertThat(number(READ_FROM_END_TO_END)).isEqualTo(before);
  }

  private long number(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError("Cannot run " + sql, e);
    }
  }
}
