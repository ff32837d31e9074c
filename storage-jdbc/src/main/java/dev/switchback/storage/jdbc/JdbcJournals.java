// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.JournalStore;
import dev.switchback.storage.StaleStateException;
import java.sql.SQLException;
import java.util.List;

/** Journal entries by record and sequence number, which is the key that keeps out a second writer. */
record JdbcJournals(Database database) implements JournalStore {

  private static final JsonFormat<JournalEntry> FORMAT = JsonFormats.journalEntry();

  @Override
  public void append(Lease lease, List<JournalEntry> entries) {
    checkSequence(entries);
    RecordId record = entries.get(0).record();
    List<String> documents = entries.stream().map(FORMAT::text).toList();
    database.<Boolean>write("append to the journal of " + record, session -> {
      session.checkLease(lease, lease.app());
      checkRecord(session, lease, record);
      long last = last(session, record);
      long sequence = entries.get(0).sequence();
      if (sequence != last + 1) {
        throw stale(record, sequence, last);
      }
      for (String document : documents) {
        int written = session.update(
            "insert into sb_journal (record, sequence, document) values (?, ?, ?)"
                + " on conflict do nothing",
            record.value(),
            sequence,
            document);
        if (written == 0) {
          throw stale(record, sequence, sequence);
        }
        sequence++;
      }
      return true;
    });
  }

  private static void checkSequence(List<JournalEntry> entries) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("Invalid entries: there is none");
    }
    JournalEntry first = entries.get(0);
    for (int i = 1; i < entries.size(); i++) {
      JournalEntry entry = entries.get(i);
      if (!entry.record().equals(first.record()) || entry.sequence() != first.sequence() + i) {
        throw new IllegalArgumentException(
            "Invalid entries: entry " + entry.sequence() + " of " + entry.record()
                + " does not follow entry " + (first.sequence() + i - 1) + " of "
                + first.record());
      }
    }
  }

  /** A lease of one app gives no right to write the journal of another. */
  private static void checkRecord(Session session, Lease lease, RecordId record)
      throws SQLException {
    boolean known = session
        .first(
            "select 1 from sb_record where id = ? and app = ?",
            row -> true,
            record.value(),
            lease.app().value())
        .isPresent();
    if (!known) {
      throw new IllegalArgumentException(
          "Invalid entries: " + lease.app() + " has no record " + record);
    }
  }

  private static long last(Session session, RecordId record) throws SQLException {
    return session
        .first(
            "select coalesce(max(sequence), 0) from sb_journal where record = ?",
            row -> row.getLong(1),
            record.value())
        .orElse(0L);
  }

  private static StaleStateException stale(RecordId record, long sequence, long last) {
    return new StaleStateException("Cannot append entry " + sequence + " to the journal of "
        + record + ": it has " + last + " entries");
  }

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
}
