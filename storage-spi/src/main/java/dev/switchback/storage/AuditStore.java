// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.AppId;
import dev.switchback.model.app.AuditEntry;

/** Keeps what people decided about apps: holds, approvals, follow-ups ticked off. */
public interface AuditStore {

  /**
   * Appends an entry. Needs no lease: the sequence number keeps two writers apart.
   *
   * @throws StaleStateException if its sequence number is not the next one of its app; nothing was
   *     written
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  void append(AuditEntry entry);

  /**
   * Lists the entries of {@code app}, latest first.
   *
   * @throws StorageException if they could not be read
   */
  Page<AuditEntry> list(AppId app, PageRequest page);
}
