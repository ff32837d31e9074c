// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.JournalStore;
import dev.switchback.storage.StaleStateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Journal entries by record and sequence number. */
record JdbcJournals(Database database) implements JournalStore {

  private static final JsonFormat<JournalEntry> FORMAT = JsonFormats.journalEntry();

  private static final String INSERT = "insert into sb_journal (sequence, document, record) ";

  /** The record, if it is of that app and its journal is that far. */
  private static final String APPENDABLE =
      "r.id from sb_record r where r.id = ? and r.app = ? and (select coalesce(max(j.sequence), 0)"
          + " from sb_journal j where j.record = r.id) = ?";

  /** The app of a record, and how far its journal is. */
  private record Journal(String app, long last) {}

  @Override
  public List<JournalEntry> read(RecordId record) {
    List<String> found = database.read(
        "read the journal of " + record,
        session -> session.list(
            "select document from sb_journal where record = ? order by sequence",
            row -> row.getString(1),
            record.value()));
    return found.stream().map(document -> database.parse(FORMAT, document)).toList();
  }

  /** Appends entries, which follow one another, to the journal of a record of {@code app}. */
  static Write append(AppId app, List<JournalEntry> entries) {
    JournalEntry first = entries.get(0);
    RecordId record = first.record();
    List<Object[]> rows = entries.stream()
        .map(entry -> new Object[] {
          entry.sequence(), FORMAT.text(entry), record.value(), app.value(), entry.sequence() - 1
        })
        .toList();
    return new Write(
        INSERT + "select ?, ?, " + APPENDABLE + " on conflict do nothing",
        INSERT + "values (?, ?, (select " + APPENDABLE + "))",
        rows,
        (session, written) -> {
          int fitted = Arrays.stream(written).sum();
          if (fitted < rows.size()) {
            throw stale(session, app, first, fitted);
          }
        });
  }

  /**
   * Returns the statement that appends an entry while the lease is held and the entry before is there,
   * and else fails: a commit by itself.
   *
   * <p>Both are locked, so that each is looked at again if it was waited for. That no entry is between
   * and none behind, the key sees to.
   */
  static String goOn(Dialect dialect) {
    return INSERT + "values (?, ?, case when " + JdbcLeases.isHeld(dialect)
        + " then (select record from sb_journal where record = ? and sequence = ?"
        + dialect.keepRows() + ") end)";
  }

  /**
   * Appends entries to the journal of a record of the lease's app, which has some.
   *
   * @param sql what {@link #goOn(Dialect)} returned
   */
  static Database.Work<Integer> goOn(String sql, Lease lease, List<JournalEntry> entries) {
    JournalEntry first = entries.get(0);
    String record = first.record().value();
    List<Object> values = new ArrayList<>(List.of(
        first.sequence(),
        FORMAT.text(first),
        lease.app().value(),
        lease.fence(),
        record,
        first.sequence() - 1));
    for (JournalEntry entry : entries.subList(1, entries.size())) {
      values.addAll(List.of(entry.sequence(), FORMAT.text(entry), record));
    }
    String all = entries.size() == 1 ? sql : sql + ", (?, ?, ?)".repeat(entries.size() - 1);
    return session -> session.update(all, values.toArray());
  }

  /**
   * Says how long the journal is.
   *
   * @param fitted how many entries this transaction has appended to it, which goes no further
   */
  private static StaleStateException stale(
      Session session, AppId app, JournalEntry first, int fitted) throws SQLException {
    long entries = find(session, app, first.record()).last() - fitted;
    return new StaleStateException("Cannot append entry " + first.sequence() + " to the journal of "
        + first.record() + ": it has " + entries + " entries");
  }

  static JdbcCommit.Removal forget(AppId app, Set<RecordId> records) {
    return session -> {
      for (RecordId record : records) {
        find(session, app, record);
        session.update("delete from sb_journal where record = ?", record.value());
      }
    };
  }

  /** A lease of one app gives no right to change the journal of another. */
  private static Journal find(Session session, AppId app, RecordId record) throws SQLException {
    return session
        .first(
            "select r.app, (select coalesce(max(j.sequence), 0) from sb_journal j"
                + " where j.record = r.id) from sb_record r where r.id = ?",
            row -> new Journal(row.getString(1), row.getLong(2)),
            record.value())
        .filter(journal -> journal.app().equals(app.value()))
        .orElseThrow(() ->
            new IllegalArgumentException("Invalid entries: " + app + " has no record " + record));
  }
}
