// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.StoredOperation;
import java.util.Optional;

/** Records by a number that counts creations. */
record MemoryRecords(MemoryContent content, Handle handle) implements RecordStore {

  @Override
  public void create(Lease lease, StoredOperation operation) {
    synchronized (content) {
      handle.checkOpen();
      content.checkFence(lease, operation.record().app());
      RecordId id = operation.record().id();
      if (content.recordNumbers.containsKey(id)) {
        throw new StaleStateException("Cannot create record " + id + ": there is one already");
      }
      long number = content.records.isEmpty() ? 1 : content.records.lastKey() + 1;
      content.recordNumbers.put(id, number);
      content.records.put(number, operation);
    }
  }

  @Override
  public void swap(Lease lease, OperationRecord expected, OperationRecord next) {
    synchronized (content) {
      handle.checkOpen();
      if (!next.id().equals(expected.id()) || !next.app().equals(expected.app())) {
        throw new IllegalArgumentException("Invalid change of record " + expected.id() + " of "
            + expected.app() + ": it would be " + next.id() + " of " + next.app());
      }
      content.checkFence(lease, expected.app());
      Long number = content.recordNumbers.get(expected.id());
      StoredOperation stored = number == null ? null : content.records.get(number);
      if (number == null || stored == null || !stored.record().equals(expected)) {
        throw new StaleStateException(
            "Cannot change record " + expected.id() + " from " + expected.status() + " to "
                + next.status() + ": "
                + (stored == null ? "there is none" : "it was changed, now " + stored.record()));
      }
      content.records.put(number, new StoredOperation(next, stored.wanted()));
    }
  }

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
        && !(query.unfinishedOnly() && record.status().isTerminal());
  }
}
