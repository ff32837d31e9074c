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
import java.util.Collections;
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

  /**
   * A record r whose journal has an entry j, while the lease l of its app is held. Lease and entry are
   * locked: the rest is seen as it was before the lease was waited for.
   */
  private static final String HELD = " from sb_lease l join sb_record r on r.app = l.app"
      + " join sb_journal j on j.record = r.id where l.app = ? and l.fence = ?"
      + " and l.released = false and r.id = ? and j.sequence = ?"
      + " for no key update of l for key share of j";

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
          if (Arrays.stream(written).anyMatch(rowsWritten -> rowsWritten == 0)) {
            throw stale(session, app, first);
          }
        });
  }

  /**
   * Appends entries to a journal that has some, as one statement that asks for the lease, too: as the
   * only write of a commit. PostgreSQL only.
   */
  static Write goOn(Lease lease, List<JournalEntry> entries) {
    JournalEntry first = entries.get(0);
    List<Object> values = new ArrayList<>(
        List.of(lease.app().value(), lease.fence(), first.record().value(), first.sequence() - 1));
    for (JournalEntry entry : entries) {
      values.add(entry.sequence());
      values.add(FORMAT.text(entry));
    }
    String row = "(cast(? as bigint), cast(? as text))";
    String rows =
        "(values " + row + (", " + row).repeat(entries.size() - 1) + ") e (sequence, document)";
    return new Write(
        INSERT + "select e.sequence, e.document, held.id from (select r.id, j.sequence" + HELD
            + ") held, " + rows + " where not exists (select 1 from sb_journal k"
            + " where k.record = held.id and k.sequence > held.sequence) on conflict do nothing",
        INSERT + "select e.sequence, e.document, (select r.id" + HELD + ") from " + rows,
        Collections.singletonList(values.toArray()),
        (session, written) -> {
          if (written[0] < entries.size()) {
            JdbcLeases.checkHeld(session, lease);
            throw stale(session, lease.app(), first);
          }
        });
  }

  private static StaleStateException stale(Session session, AppId app, JournalEntry first)
      throws SQLException {
    return new StaleStateException("Cannot append entry " + first.sequence() + " to the journal of "
        + first.record() + ": it has " + find(session, app, first.record()).last() + " entries");
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
