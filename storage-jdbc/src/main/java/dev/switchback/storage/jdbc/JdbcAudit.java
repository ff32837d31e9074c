// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.storage.AuditStore;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import java.util.List;

/** Audit entries by app and sequence number, which is the key that keeps out a second writer. */
record JdbcAudit(Database database) implements AuditStore {

  private static final JsonFormat<AuditEntry> FORMAT = JsonFormats.auditEntry();

  @Override
  public void append(AuditEntry entry) {
    String document = FORMAT.text(entry);
    int written = database.writeAtOnce(
        "append to the audit of app " + entry.app(),
        session -> session.update(
            "insert into sb_audit (app, sequence, document) select ?, ?, ?"
                + " where (select coalesce(max(sequence), 0) from sb_audit where app = ?) = ?"
                + " on conflict do nothing",
            entry.app().value(),
            entry.sequence(),
            document,
            entry.app().value(),
            entry.sequence() - 1));
    if (written == 0) {
      throw new StaleStateException("Cannot append audit entry " + entry.sequence() + " of "
          + entry.app() + ": the last one has number " + last(entry.app()));
    }
  }

  private long last(AppId app) {
    return list(app, PageRequest.first(1)).items().stream()
        .mapToLong(AuditEntry::sequence)
        .findFirst()
        .orElse(0);
  }

  @Override
  public Page<AuditEntry> list(AppId app, PageRequest page) {
    long below = Paging.below(page);
    List<Paging.Entry> found = database.read(
        "list the audit of app " + app,
        session -> session.list(
            "select sequence, document from sb_audit where app = ? and sequence < ?"
                + " order by sequence desc limit ?",
            Paging.ENTRY,
            app.value(),
            below,
            Paging.rows(page)));
    return Paging.page(page, found, document -> database.parse(FORMAT, document));
  }
}
