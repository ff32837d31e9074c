// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.AppId;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.storage.AuditStore;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Audit entries by app, then by sequence number. */
record MemoryAudit(MemoryContent content, Handle handle) implements AuditStore {

  @Override
  public void append(AuditEntry entry) {
    synchronized (content) {
      handle.checkOpen();
      NavigableMap<Long, AuditEntry> entries =
          content.audit.computeIfAbsent(entry.app(), app -> new TreeMap<>());
      long last = entries.isEmpty() ? 0 : entries.lastKey();
      if (entry.sequence() != last + 1) {
        throw new StaleStateException("Cannot append audit entry " + entry.sequence() + " of "
            + entry.app() + ": the last one has number " + last);
      }
      entries.put(entry.sequence(), entry);
    }
  }

  @Override
  public Page<AuditEntry> list(AppId app, PageRequest page) {
    synchronized (content) {
      handle.checkOpen();
      return MemoryContent.page(
          content.audit.getOrDefault(app, new TreeMap<>()).descendingMap(),
          page,
          Long::valueOf,
          String::valueOf,
          entry -> true,
          entry -> entry);
    }
  }
}
