// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.JournalEntry;
import java.util.List;

/**
 * Reads the journals of operations: what was about to be done, and what became of it. {@link
 * Storage#commit} writes them.
 */
public interface JournalStore {

  /**
   * Returns the journal of an operation in order; empty if there is none.
   *
   * @throws StorageException if it could not be read
   */
  List<JournalEntry> read(RecordId record);
}
