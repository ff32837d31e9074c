// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import java.util.Optional;

/** Keeps the records of operations. */
public interface RecordStore {

  /**
   * Keeps a new record with the state it wants.
   *
   * @throws StaleStateException if there is a record of that id already; nothing was written
   * @throws FencedOffException if {@code lease} is no longer the lease of the record's app; nothing
   *     was written
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  void create(Lease lease, StoredOperation operation);

  /**
   * Replaces {@code expected} by {@code next}, if the stored record still equals {@code expected}.
   * Id and app stay the same; so does the state wanted.
   *
   * @throws StaleStateException if the stored record is another; nothing was written
   * @throws FencedOffException if {@code lease} is no longer the lease of the record's app; nothing
   *     was written
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  void swap(Lease lease, OperationRecord expected, OperationRecord next);

  /**
   * Returns the record with {@code id} and the state it wants, or empty if there is none.
   *
   * @throws StorageException if it could not be read
   */
  Optional<StoredOperation> find(RecordId id);

  /**
   * Lists the records that {@code query} asks for, latest first: by the order in which they were
   * created.
   *
   * @throws StorageException if they could not be read
   */
  Page<OperationRecord> list(RecordQuery query, PageRequest page);
}
