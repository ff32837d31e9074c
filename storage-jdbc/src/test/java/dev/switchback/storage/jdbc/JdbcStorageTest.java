// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.RecordId;
import dev.switchback.model.TemplateId;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.Signal;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.Commit;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.StorageProvider;
import dev.switchback.storage.StoredOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

final class JdbcStorageTest {

  @TempDir
  Path directory;

  @Test
  void provider_isFoundByItsName() {
    assertThat(ServiceLoader.load(StorageProvider.class))
        .filteredOn(provider -> provider.name().equals("sqlite"))
        .singleElement()
        .isInstanceOf(SqliteStorageProvider.class);
  }

  @Test
  void open_twice_showsEachTheLeasesOfTheOther() {
    try (Storage first = JdbcStorage.open(directory);
        Storage second = JdbcStorage.open(directory)) {
      Lease lease = first.leases().acquire(APP, "first", LONG);
      assertThat(second.leases().find(APP)).contains(lease);
      assertThatThrownBy(() -> second.leases().acquire(APP, "second", LONG))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageContaining("first has been changing it since");
      Examples.swap(second, lease, Examples.state("1.0", 1));
      assertThat(first.apps().find(APP)).contains(Examples.state("1.0", 1));
    }
  }

  @RepeatedTest(20)
  void open_newDirectoryByEightAtOnce_succeedsForAll() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      var opened = IntStream.range(0, 8)
          .mapToObj(i -> threads.submit(() -> {
            try (Storage storage = JdbcStorage.open(directory)) {
              return storage.templates().create(Examples.version("1." + i));
            }
          }))
          .toList();
      for (Future<Boolean> created : opened) {
        assertThat(created.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    try (Storage storage = JdbcStorage.open(directory)) {
      assertThat(storage
              .templates()
              .versions(new TemplateId("shop-template"), PageRequest.first(10))
              .items())
          .hasSize(8);
    }
  }

  @Test
  void open_directoryWithSignsThatUrlsUse_isThatDirectory() throws IOException {
    Path odd = Files.createDirectory(directory.resolve("a b?c=d&e#f%20é;g"));
    try (Storage storage = JdbcStorage.open(odd)) {
      Examples.fill(storage);
    }
    assertThat(odd.resolve("switchback.db")).isNotEmptyFile();
    try (Storage storage = JdbcStorage.open(odd)) {
      assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
    }
  }

  @Test
  void open_newDirectory_keepsTheFileFromOtherUsers() throws IOException {
    JdbcStorage.open(directory).close();
    Path file = directory.resolve("switchback.db");
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void close_leavesNothingButTheDatabaseAndItsLock() throws IOException {
    try (Storage storage = JdbcStorage.open(directory)) {
      Examples.fill(storage);
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("switchback.db", "switchback.lock");
    }
  }

  /** Flyway alone asks ten times, a second apart. */
  @Test
  @Timeout(5)
  void open_withoutRoomOrRightForTables_isRefusedAtOnce() {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + directory.resolve("host.db"));
    source.setMaxPageCount(1);
    assertThatThrownBy(() -> JdbcStorage.open(source))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Cannot bring the tables in the database of the host up to date: ")
        .hasMessageContaining("database or disk is full");

    source.getConfig().setReadOnly(true);
    assertThatThrownBy(() -> JdbcStorage.open(source))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("attempt to write a readonly database");
  }

  @Test
  void open_noDirectory_saysSo() {
    assertThatThrownBy(() -> JdbcStorage.open(directory.resolve("missing")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is not a directory");
  }

  @Test
  void open_otherFile_saysThatItIsNoDatabase() throws IOException {
    Files.writeString(directory.resolve("switchback.db"), "not a database, ".repeat(100));
    assertThatThrownBy(() -> JdbcStorage.open(directory))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("it is no database or is damaged");
  }

  @Test
  void open_pathThatSqliteDoesNotTake_saysWhatToDo() throws IOException {
    Path deep = directory;
    for (int i = 0; i < 6; i++) {
      deep = deep.resolve("d".repeat(80));
    }
    Path place = Files.createDirectories(deep);
    assertThatThrownBy(() -> JdbcStorage.open(place))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("its path is not longer than 500 bytes");
  }

  @Test
  void open_databaseOfNewerVersion_isRefusedAndLeftAlone() throws SQLException {
    JdbcStorage.open(directory).close();
    sql("update sb_schema set version = 7");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> JdbcStorage.open(directory))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("version 7")
          .hasMessageContaining("newer Switchback");
    }
  }

  @Test
  void write_whileAnotherProcessWrites_waitsAndThenSaysSo() throws SQLException {
    try (Storage storage = JdbcStorage.open(directory, Duration.ofMillis(50));
        Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("begin immediate");
      assertThatThrownBy(() -> storage.leases().acquire(APP, "node", LONG))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Cannot lease app shop in")
          .hasMessageContaining("busy for too long")
          .satisfies(e -> assertThat(((StorageException) e).mayRetry()).isTrue());
      assertThat(storage.leases().find(APP)).isEmpty();
      statement.execute("commit");
      assertThat(storage.leases().acquire(APP, "node", LONG).fence()).isEqualTo(1);
    }
  }

  @Test
  void write_afterTheFileWasReplaced_isRefused() throws IOException {
    Path place = Files.createDirectory(directory.resolve("home"));
    Storage storage = JdbcStorage.open(place);
    try (storage) {
      Examples.fill(storage);
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      Files.move(place, directory.resolve("away"));
      assertThatThrownBy(() -> storage.templates().create(Examples.version("3.0")))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("removed or replaced while it was open");

      JdbcStorage.open(Files.createDirectory(place)).close();
      assertThatThrownBy(() -> Examples.swap(storage, lease, Examples.state("3.0", 3)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("removed or replaced while it was open");
      assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
    }
    assertThatThrownBy(() -> storage.templates().create(Examples.version("3.0")))
        .isInstanceOf(IllegalStateException.class);
  }

  /** A second connection would lead to the file that is there now, and so mix two databases. */
  @Test
  void read_onceAnotherHomeIsInPlace_neverComesFromThere() throws IOException {
    Path home = Files.createDirectory(directory.resolve("home"));
    Path away = directory.resolve("away");
    try (Storage storage = JdbcStorage.open(home)) {
      Examples.fill(storage);
    }
    Database database = SqliteFile.open(home, Duration.ofSeconds(2));
    Database.Work<Integer> count = session -> session
        .first("select count(*) from sb_template_version", row -> row.getInt(1))
        .orElseThrow();
    assertThat(database.read("count", count)).isEqualTo(2);
    Files.move(home, away);
    try (Storage other = JdbcStorage.open(Files.createDirectory(home))) {
      other.templates().create(Examples.version("3.0"));
      assertThat(database.read("count", count)).isEqualTo(2);

      // Two reads at once take two connections.
      for (Database.Work<Integer> read :
          List.<Database.Work<Integer>>of(session -> database.read("count", count), count)) {
        assertThatThrownBy(() -> database.read("count", read))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("removed or replaced while it was open");
      }
      database.close();
      assertThat(other.templates().find(Examples.ref("3.0"))).isPresent();
    }
    try (Storage first = JdbcStorage.open(away);
        Storage second = JdbcStorage.open(home)) {
      assertThat(first.templates().find(Examples.ref("2.0"))).isPresent();
      assertThat(second.templates().find(Examples.ref("3.0"))).isPresent();
    }
  }

  /** Two handles wait for each other as two processes do. */
  @Test
  void write_besideAProcessThatWritesWithoutPause_getsItsTurn() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Storage storage = JdbcStorage.open(directory, Duration.ofSeconds(2))) {
      Future<Integer> busy = other.submit(() -> {
        int written = 0;
        try (Storage greedy = JdbcStorage.open(directory)) {
          while (!done.get()) {
            greedy.signals().send(new RecordId("r" + ++written), Signal.PAUSE);
          }
        }
        return written;
      });
      for (int i = 0; i < 40; i++) {
        assertThat(storage.templates().create(Examples.version("1." + i))).isTrue();
      }
      done.set(true);
      assertThat(busy.get()).isPositive();
    } finally {
      done.set(true);
      other.shutdownNow();
    }
  }

  @Test
  void find_documentOfNewerVersion_saysSo() throws SQLException {
    try (Storage storage = JdbcStorage.open(directory)) {
      Examples.fill(storage);
      sql("update sb_revision set document = replace(document, 'app-state/1', 'app-state/2')");
      assertThatThrownBy(() -> storage.apps().find(APP))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("newer version of Switchback");
    }
  }

  @Test
  void find_versionAgain_givesTheOneThatWasReadBefore() {
    try (Storage storage = JdbcStorage.open(directory)) {
      Examples.fill(storage);
      TemplateVersion first = storage.templates().find(Examples.ref("1.0")).orElseThrow();
      assertThat(storage.templates().find(Examples.ref("v1.0.0")))
          .containsSame(first)
          .contains(Examples.version("1.0"));
    }
  }

  @Test
  void find_versionAgainAfterABackupWasPutBack_givesWhatIsStored() throws SQLException {
    try (Storage storage = JdbcStorage.open(directory)) {
      Examples.fill(storage);
      assertThat(storage.templates().find(Examples.ref("1.0"))).isPresent();
      sql(
          "update sb_template_version set (head, document) = (select replace(head, 'Shop', 'Store'),"
              + " replace(document, 'Shop', 'Store')) where version = '1.0'");
      assertThat(storage.templates().find(Examples.ref("1.0")))
          .contains(Examples.version("1.0").toBuilder().name("Store").build());
      sql("delete from sb_template_version where version = '1.0'");
      assertThat(storage.templates().find(Examples.ref("1.0"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4})
  void commit_thatGoesOnElsewhereThanAtTheEndOfAJournal_saysHowLongItIs(long sequence) {
    try (Storage storage = JdbcStorage.open(directory)) {
      Examples.fill(storage);
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      Commit commit = Commit.of(APP)
          .journal(List.of(Examples.entry(sequence), Examples.entry(sequence + 1)))
          .build();
      assertThatThrownBy(() -> storage.commit(lease, commit))
          .isInstanceOf(StaleStateException.class)
          .hasMessageContaining("entry " + sequence)
          .hasMessageContaining("it has 2 entries");
      assertThat(storage.journals().read(Examples.RECORD)).hasSize(2);
    }
  }

  @Test
  void create_sameVersionInOtherSpelling_isRefusedAndKeepsTheFirst() {
    try (Storage storage = JdbcStorage.open(directory)) {
      assertThat(storage.templates().create(Examples.version("1.0"))).isTrue();
      assertThat(storage.templates().create(Examples.version("v1.0.0"))).isFalse();
      assertThat(storage.templates().find(Examples.ref("1")))
          .hasValueSatisfying(
              version -> assertThat(version.ref().version().text()).isEqualTo("1.0"));
    }
  }

  @Test
  void swap_equalRecordWithOtherSpellingOfAVersion_isDone() {
    try (Storage storage = JdbcStorage.open(directory)) {
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      OperationRecord planned = Examples.record(RecordStatus.PLANNED);
      Examples.begin(storage, lease, new StoredOperation(planned, Examples.state("2.0", 1)));
      OperationRecord other = planned.toBuilder().to(Examples.ref("v2.0.0")).build();
      assertThat(other).isEqualTo(planned);
      Examples.change(storage, lease, other, Examples.record(RecordStatus.RUNNING));
      assertThatThrownBy(
              () -> Examples.change(storage, lease, other, Examples.record(RecordStatus.FAILED)))
          .isInstanceOf(StaleStateException.class)
          .hasMessageContaining("RUNNING");
    }
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("switchback.db"));
  }
}
