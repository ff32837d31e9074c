// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.Commit;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.StoredOperation;
import dev.switchback.storage.TemplateSummary;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes, each with its own pool, that share one schema of a PostgreSQL server. */
final class PostgresNodesTest {

  private static final int THREADS = 16;
  private static final int ROUNDS = 10;
  private static final TemplateId TEMPLATE = new TemplateId("shop-template");

  private final DataSource source = PostgresServer.running().newSchema();
  private final HikariDataSource firstPool = PostgresServer.pool(source, THREADS);
  private final HikariDataSource secondPool = PostgresServer.pool(source, THREADS);

  @AfterEach
  void closePools() {
    firstPool.close();
    secondPool.close();
  }

  @Test
  void acquire_bySixteenOnTwoNodes_isGrantedToOneAndTheOthersAreToldWhoAndSinceWhen()
      throws InterruptedException {
    try (Storage first = JdbcStorage.open(firstPool);
        Storage second = JdbcStorage.open(secondPool)) {
      for (int round = 0; round < ROUNDS; round++) {
        AtOnce<Lease> outcome = AtOnce.run(
            THREADS, i -> (i % 2 == 0 ? first : second).leases().acquire(APP, "node " + i, LONG));

        assertThat(outcome.values()).as("%s", outcome).hasSize(1);
        Lease lease = outcome.values().get(0);
        assertThat(outcome.refusals())
            .hasSize(THREADS - 1)
            .allSatisfy(e -> assertThat(e)
                .isInstanceOfSatisfying(
                    LeaseHeldException.class, held -> assertThat(held.current()).isEqualTo(lease))
                .hasMessageContaining(
                    lease.holder() + " has been changing it since " + lease.acquiredAt()));
        assertThat(second.leases().find(APP)).contains(lease);
        first.leases().release(lease);
      }
    }
  }

  @Test
  void swap_bySixteenOnTwoNodes_isDoneByOneAndTheOthersAreToldTheGeneration()
      throws InterruptedException {
    try (Storage first = JdbcStorage.open(firstPool);
        Storage second = JdbcStorage.open(secondPool)) {
      Lease lease = first.leases().acquire(APP, "node", LONG);
      for (int round = 1; round <= ROUNDS; round++) {
        int generation = round;
        AtOnce<AppState> outcome = AtOnce.run(THREADS, i -> {
          AppState next = Examples.state("1." + i, generation);
          Examples.swap(i % 2 == 0 ? first : second, lease, next);
          return next;
        });

        assertThat(outcome.values()).as("%s", outcome).hasSize(1);
        assertThat(outcome.refusals())
            .hasSize(THREADS - 1)
            .allSatisfy(e -> assertThat(e)
                .isInstanceOf(StaleStateException.class)
                .hasMessageContaining("it is at generation " + generation));
        assertThat(first.apps().find(APP)).contains(outcome.values().get(0));
        assertThat(second.apps().findRevision(APP, generation))
            .contains(outcome.values().get(0));
      }
    }
  }

  @Test
  void write_underLeaseThatPassedToAnotherNode_isFencedOff() {
    try (Storage first = JdbcStorage.open(firstPool);
        Storage second = JdbcStorage.open(secondPool)) {
      Lease lost = first.leases().acquire(APP, "first", Duration.ofMillis(1));
      StoredOperation operation =
          new StoredOperation(Examples.record(RecordStatus.PLANNED), Examples.state("2.0", 2));
      Examples.begin(first, first.leases().renew(lost, LONG), operation);
      first.leases().renew(lost, Duration.ofMillis(1));
      Lease taken = acquireWhenOver(second);

      List<ThrowingCallable> writes = List.of(
          () -> Examples.swap(first, lost, Examples.state("1.0", 1)),
          () -> Examples.swap(first, lost, Examples.state("1.0", 3)),
          () -> Examples.begin(first, lost, operation),
          () -> Examples.change(
              first, lost, operation.record(), Examples.record(RecordStatus.RUNNING)),
          () -> first.commit(
              lost, Commit.of(APP).journal(List.of(Examples.entry(1))).build()),
          () -> first.commit(
              lost, Commit.of(APP).builds(List.of(Examples.build(1))).build()),
          () -> first.leases().renew(lost, LONG));
      for (ThrowingCallable write : writes) {
        assertThatThrownBy(write).isInstanceOf(FencedOffException.class);
      }
      first.leases().release(lost);

      assertThat(first.leases().find(APP)).contains(taken);
      assertThat(second.apps().find(APP)).isEmpty();
      assertThat(second.records().find(Examples.RECORD)).contains(operation);
      assertThat(second.journals().read(Examples.RECORD)).isEmpty();
      Examples.swap(second, taken, Examples.state("1.0", 1));
      assertThat(first.apps().find(APP)).contains(Examples.state("1.0", 1));
    }
  }

  @Test
  void commit_bySixteenOfWhomHalfLostTheLease_isDoneByOneOfTheOthers() throws InterruptedException {
    try (Storage first = JdbcStorage.open(firstPool);
        Storage second = JdbcStorage.open(secondPool)) {
      Examples.fill(first);
      Lease lost = first.leases().acquire(APP, "first", LONG);
      first.leases().release(lost);
      Lease held = second.leases().acquire(APP, "second", LONG);
      for (int round = 1; round <= ROUNDS; round++) {
        AppState next = Examples.state("1.0", 2 + round);
        Commit commit = Commit.of(APP)
            .journal(List.of(Examples.entry(2 + round)))
            .state(next)
            .build();
        AtOnce<AppState> outcome = AtOnce.run(THREADS, i -> {
          (i % 2 == 0 ? first : second).commit(i % 2 == 0 ? lost : held, commit);
          return next;
        });

        assertThat(outcome.values()).as("%s", outcome).hasSize(1);
        assertThat(outcome.refusals())
            .hasSize(THREADS - 1)
            .allMatch(e -> e instanceof FencedOffException || e instanceof StaleStateException);
        assertThat(outcome.refusals())
            .filteredOn(e -> e instanceof FencedOffException)
            .hasSize(THREADS / 2);
        assertThat(first.apps().find(APP)).contains(next);
        assertThat(second.journals().read(Examples.RECORD)).hasSize(2 + round);
      }
    }
  }

  private static Lease acquireWhenOver(Storage storage) {
    Optional<Lease> taken = Optional.empty();
    while (taken.isEmpty()) {
      try {
        taken = Optional.of(storage.leases().acquire(APP, "second", LONG));
      } catch (LeaseHeldException e) {
        Thread.onSpinWait();
      }
    }
    return taken.get();
  }

  @Test
  void open_schemaWithTablesOfTheHostByEightOverSmallPools_succeedsForAll()
      throws InterruptedException {
    PostgresServer.execute(source, "create table host_table (id integer)");
    try (HikariDataSource small = PostgresServer.pool(source, 2);
        HikariDataSource other = PostgresServer.pool(source, 2)) {
      AtOnce<Boolean> outcome = AtOnce.run(8, i -> {
        try (Storage storage = JdbcStorage.open(i % 2 == 0 ? small : other)) {
          return storage.templates().create(Examples.version("1." + i));
        }
      });
      assertThat(outcome.refusals()).isEmpty();
      assertThat(outcome.values()).hasSize(8).containsOnly(true);
    }
    try (Storage storage = JdbcStorage.open(firstPool)) {
      assertThat(versions(storage)).hasSize(8);
    }
  }

  @Test
  void versions_ofTwoHundredInAnyOrder_areInTheOrderOfVersions() throws SQLException {
    List<Version> some = someVersions(200);
    try (Storage storage = JdbcStorage.open(firstPool)) {
      some.forEach(
          version -> assertThat(storage.templates().create(Examples.version(version.text())))
              .isTrue());

      assertThat(versions(storage))
          .isEqualTo(some.stream().sorted(Comparator.reverseOrder()).toList());
      assertThat(storage.templates().templates(PageRequest.first(10)).items())
          .extracting(summary -> summary.ref().version())
          .containsExactly(some.stream().max(Comparator.naturalOrder()).orElseThrow());
    }
    assertThat(keysInTheOrderOfTheDatabase())
        .as("the database sorts otherwise by itself, or this test says nothing")
        .isNotEqualTo(some.stream().sorted().map(Version::sortKey).toList());
  }

  private static List<Version> versions(Storage storage) {
    List<Version> found = new ArrayList<>();
    PageRequest request = PageRequest.first(37);
    Page<TemplateSummary> page = storage.templates().versions(TEMPLATE, request);
    while (true) {
      page.items().forEach(summary -> found.add(summary.ref().version()));
      if (!page.hasNext()) {
        return found;
      }
      request = request.after(page);
      page = storage.templates().versions(TEMPLATE, request);
    }
  }

  private static List<Version> someVersions(int count) {
    List<String> starts = List.of("", "", "", "v", "app-", "App_", "latest", "release-", "群");
    List<String> ends =
        List.of("", "", "-rc1", "-RC.10", "-beta", "_2", "-p1", "-alpine", "+b5", ".x~y", "-Ä");
    Random random = new Random(20_261_121);
    TreeSet<Version> distinct = new TreeSet<>();
    List<Version> versions = new ArrayList<>();
    while (versions.size() < count) {
      StringBuilder text = new StringBuilder(starts.get(random.nextInt(starts.size())));
      for (int i = random.nextInt(4); i >= 0; i--) {
        text.append(random.nextInt(1 << random.nextInt(1, 20))).append(i == 0 ? "" : ".");
      }
      Version version = Version.parse(text + ends.get(random.nextInt(ends.size())));
      if (distinct.add(version)) {
        versions.add(version);
      }
    }
    return versions;
  }

  private List<String> keysInTheOrderOfTheDatabase() throws SQLException {
    List<String> keys = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "select version_key from sb_template_version order by version_key collate \"default\"")) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return keys;
  }

  @Test
  void open_databaseOfNewerVersion_isRefusedAndLeftAlone() {
    JdbcStorage.open(firstPool).close();
    PostgresServer.execute(source, "update sb_schema set version = 7");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> JdbcStorage.open(firstPool))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("version 7")
          .hasMessageContaining("newer Switchback");
    }
  }
}
