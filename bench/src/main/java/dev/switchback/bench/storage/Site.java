// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.storage;

import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.Commit;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A storage with many template versions, and what is measured of it: what the storage does, and beside
 * it the same by bare statements over a pool of the same size.
 */
final class Site implements AutoCloseable {

  static final int MOST_THREADS = 8;

  private static final int BATCH = 500;
  private static final int BATCHES = 20; // a transaction
  private static final Duration LONG = Duration.ofHours(10);
  private static final JsonFormat<TemplateVersion> FORMAT = JsonFormats.templateVersion();

  private final Storage storage;
  private final HikariDataSource pool;
  private final int size;

  // What this run writes; another run found other names.
  private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  private final AtomicLong fresh = new AtomicLong(System.currentTimeMillis() * 1_000_000);
  private final String document;
  private final String message;
  private final List<Lease> leases = new ArrayList<>();
  private final List<AppState> states = new ArrayList<>();
  private final long[] sequences = new long[MOST_THREADS];

  /**
   * Fills the storage up to {@code size} versions, unless it is.
   *
   * @param pool bare connections to the database of {@code storage}; closed with this
   */
  Site(Storage storage, HikariDataSource pool, int size) throws SQLException {
    this.storage = storage;
    this.pool = pool;
    this.size = size;
    document = FORMAT.text(Versions.of(Versions.ref(0, size)));
    message = "m".repeat(document.length());
    fill();
    begin();
  }

  private void fill() throws SQLException {
    if (storage.templates().find(Versions.ref(size - 1, size)).isPresent()) {
      execute("delete from sb_template_version where template = '" + Versions.FRESH + "'");
      return;
    }
    execute(
        "create table if not exists raw_record (id bigint primary key, document text not null)");
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(
            "insert into sb_template_version (template, version_key, version, head, document)"
                + " values (?, ?, ?, ?, ?) on conflict do nothing")) {
      connection.setAutoCommit(false);
      TemplateVersion sample = Versions.of(VersionRef.parse("sample-template@0.987654321"));
      String whole = FORMAT.text(sample);
      String head = FORMAT.text(sample.toBuilder().spec(AppSpec.empty()).build());
      for (int number = 0; number < size; number++) {
        VersionRef ref = Versions.ref(number, size);
        statement.setString(1, ref.template().value());
        statement.setString(2, ref.version().sortKey());
        statement.setString(3, ref.version().text());
        statement.setString(4, named(head, sample.ref(), ref));
        statement.setString(5, named(whole, sample.ref(), ref));
        statement.addBatch();
        if (number % BATCH == BATCH - 1) {
          statement.executeBatch();
        }
        if (number % (BATCH * BATCHES) == 0) {
          statement.executeBatch();
          connection.commit();
        }
      }
      statement.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    }
    execute("analyze");
  }

  /** Takes the document of another version, which differs only in its name, to be quick. */
  private static String named(String document, VersionRef sample, VersionRef ref) {
    return document
        .replace(sample.template().value(), ref.template().value())
        .replace(sample.version().text(), ref.version().text());
  }

  private void begin() {
    for (int thread = 0; thread < MOST_THREADS; thread++) {
      AppId app = new AppId("app-" + run + "-" + thread);
      Lease lease = storage.leases().acquire(app, "bench", LONG);
      VersionRef version = Versions.ref(0, size);
      AppState state = AppState.builder(app, version)
          .generation(1)
          .spec(Versions.spec(version))
          .build();
      OperationRecord record =
          OperationRecord.builder(record(thread), app, OperationKind.UPGRADE).build();
      storage.commit(
          lease,
          Commit.of(app).begin(new StoredOperation(record, state)).state(state).build());
      leases.add(lease);
      states.add(state);
    }
  }

  private RecordId record(int thread) {
    return new RecordId("record-" + run + "-" + thread);
  }

  Storage storage() {
    return storage;
  }

  String document() {
    return document;
  }

  /** Returns one of the versions, whatever the number. */
  VersionRef version(int number) {
    return Versions.ref(number % size, size);
  }

  /** Returns one of the templates with few versions, whatever the number. */
  TemplateId smallTemplate(int number) {
    return Versions.ref(size / 2 + number % (size / 2), size).template();
  }

  void findVersion(VersionRef ref) {
    if (storage.templates().find(ref).isEmpty()) {
      throw new IllegalStateException("Cannot find " + ref);
    }
  }

  void keepVersion() {
    Version version = Version.parse("1." + fresh.incrementAndGet());
    storage.templates().create(Versions.of(new VersionRef(Versions.FRESH, version)));
  }

  /** Commits an entry with a message as large as a version. */
  void commitEntry(int thread) {
    JournalEntry entry = new JournalEntry(
        record(thread),
        ++sequences[thread],
        JournalEntry.Phase.INTENT,
        StepId.of(record(thread), 1),
        StepAction.SHARED,
        null,
        message,
        List.of(),
        Instant.EPOCH);
    Lease lease = leases.get(thread);
    storage.commit(lease, Commit.of(lease.app()).journal(List.of(entry)).build());
  }

  void commitState(int thread) {
    AppState before = states.get(thread);
    AppState next = before.toBuilder().generation(before.generation() + 1).build();
    storage.commit(leases.get(thread), Commit.of(next.app()).state(next).build());
    states.set(thread, next);
  }

  /** Keeps as many bytes as a version has, by one statement that is a transaction. */
  void insertBare() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("insert into raw_record (id, document) values (?, ?)")) {
      statement.setLong(1, fresh.incrementAndGet());
      statement.setString(2, document);
      statement.executeUpdate();
    }
  }

  /** Reads the document of a version. */
  int selectBare(VersionRef ref) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(
            "select document from sb_template_version where template = ? and version_key = ?")) {
      statement.setString(1, ref.template().value());
      statement.setString(2, ref.version().sortKey());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1).length();
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    leases.forEach(storage.leases()::release);
    storage.close();
    pool.close();
  }
}
