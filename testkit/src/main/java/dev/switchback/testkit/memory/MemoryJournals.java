// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.storage.JournalStore;
import java.util.List;

/** Journals by record. */
record MemoryJournals(MemoryContent content, Handle handle) implements JournalStore {

  @Override
  public List<JournalEntry> read(RecordId record) {
    synchronized (content) {
      handle.checkOpen();
      return List.copyOf(content.journals.getOrDefault(record, List.of()));
    }
  }
}
