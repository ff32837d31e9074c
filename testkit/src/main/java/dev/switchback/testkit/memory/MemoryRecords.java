// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.StoredOperation;
import java.util.Optional;

/** Records by a number that counts creations. */
record MemoryRecords(MemoryContent content, Handle handle) implements RecordStore {

  @Override
  public Optional<StoredOperation> find(RecordId id) {
    synchronized (content) {
      handle.checkOpen();
      Long number = content.recordNumbers.get(id);
      return number == null ? Optional.empty() : Optional.ofNullable(content.records.get(number));
    }
  }

  @Override
  public Page<OperationRecord> list(RecordQuery query, PageRequest page) {
    synchronized (content) {
      handle.checkOpen();
      return MemoryContent.page(
          content.records.descendingMap(),
          page,
          Long::valueOf,
          String::valueOf,
          stored -> matches(query, stored.record()),
          StoredOperation::record);
    }
  }

  private static boolean matches(RecordQuery query, OperationRecord record) {
    return query.app().map(record.app()::equals).orElse(true)
        && query.kinds().contains(record.kind())
        && query.statuses().contains(record.status())
        && query.from().map(from -> !record.startedAt().isBefore(from)).orElse(true)
        && query.before().map(record.startedAt()::isBefore).orElse(true);
  }
}
