// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import java.util.List;

/** Keeps the journals of operations: what was about to be done, and what became of it. */
public interface JournalStore {

  /**
   * Appends entries of one operation, all or none. They are durable when this returns.
   *
   * @param lease the lease of the operation's app
   * @param entries at least one; sequence numbers go on from the last one stored, without gaps
   * @throws StaleStateException if the first sequence number is not the next one; nothing was written
   * @throws FencedOffException if {@code lease} is no longer the lease of its app; nothing was written
   * @throws StorageException if they could not be written; none was
   * @throws dev.switchback.model.OutcomeUnknownException if they may or may not have been written
   */
  void append(Lease lease, List<JournalEntry> entries);

  /**
   * Returns the journal of an operation in order; empty if there is none.
   *
   * @throws StorageException if it could not be read
   */
  List<JournalEntry> read(RecordId record);
}
