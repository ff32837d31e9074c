// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.OperationRecord;
import java.util.Optional;

/** Reads the records of operations. {@link Storage#commit} writes them. */
public interface RecordStore {

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
