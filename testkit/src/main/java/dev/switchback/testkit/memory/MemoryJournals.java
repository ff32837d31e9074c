// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.JournalStore;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.StoredOperation;
import java.util.ArrayList;
import java.util.List;

/** Journals by record. */
record MemoryJournals(MemoryContent content, Handle handle) implements JournalStore {

  @Override
  public void append(Lease lease, List<JournalEntry> entries) {
    synchronized (content) {
      handle.checkOpen();
      List<JournalEntry> added = List.copyOf(entries);
      checkSequence(added);
      RecordId record = added.get(0).record();
      content.checkFence(lease);
      checkRecord(lease, record);
      List<JournalEntry> journal = content.journals.getOrDefault(record, List.of());
      if (added.get(0).sequence() != journal.size() + 1) {
        throw new StaleStateException("Cannot append entry " + added.get(0).sequence()
            + " to the journal of " + record + ": it has " + journal.size() + " entries");
      }
      List<JournalEntry> longer = new ArrayList<>(journal);
      longer.addAll(added);
      content.journals.put(record, longer);
    }
  }

  @Override
  public List<JournalEntry> read(RecordId record) {
    synchronized (content) {
      handle.checkOpen();
      return List.copyOf(content.journals.getOrDefault(record, List.of()));
    }
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
                + " does not follow entry " + (first.sequence() + i - 1) + " of " + first.record());
      }
    }
  }

  /** A lease of one app gives no right to write the journal of another. */
  private void checkRecord(Lease lease, RecordId record) {
    Long number = content.recordNumbers.get(record);
    StoredOperation operation = number == null ? null : content.records.get(number);
    if (operation == null || !operation.record().app().equals(lease.app())) {
      throw new IllegalArgumentException(
          "Invalid entries: " + lease.app() + " has no record " + record);
    }
  }
}
