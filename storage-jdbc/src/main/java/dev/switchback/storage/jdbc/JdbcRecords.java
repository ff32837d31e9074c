// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.StoredOperation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records by number of creation; the states they want stand apart, since they never change. */
record JdbcRecords(Database database) implements RecordStore {

  private static final JsonFormat<OperationRecord> FORMAT = JsonFormats.operationRecord();

  @Override
  public void create(Lease lease, StoredOperation operation) {
    OperationRecord record = operation.record();
    String document = FORMAT.text(record);
    String wanted = JsonFormats.appState().text(operation.wanted());
    database.<Boolean>write("create record " + record.id(), session -> {
      session.checkLease(lease, record.app());
      int written = session.update(
          "insert into sb_record (id, app, finished, document)"
              + " values (?, ?, ?, ?) on conflict do nothing",
          record.id().value(),
          record.app().value(),
          record.status().isTerminal(),
          document);
      if (written == 0) {
        throw new StaleStateException(
            "Cannot create record " + record.id() + ": there is one already");
      }
      session.update(
          "insert into sb_wanted (record, document) values (?, ?)", record.id().value(), wanted);
      return true;
    });
  }

  @Override
  public void swap(Lease lease, OperationRecord expected, OperationRecord next) {
    if (!next.id().equals(expected.id()) || !next.app().equals(expected.app())) {
      throw new IllegalArgumentException("Invalid change of record " + expected.id() + " of "
          + expected.app() + ": it would be " + next.id() + " of " + next.app());
    }
    String before = FORMAT.text(expected);
    String after = FORMAT.text(next);
    boolean finished = next.status().isTerminal();
    database.<Boolean>write("change record " + next.id(), session -> {
      session.checkLease(lease, expected.app());
      if (!replace(session, expected.id(), before, after, finished)) {
        // Equal records may differ in the spelling of a version, and so in their documents.
        Optional<String> stored = document(session, expected.id());
        boolean equal =
            stored.isPresent() && database.parse(FORMAT, stored.get()).equals(expected);
        if (!equal || !replace(session, expected.id(), stored.get(), after, finished)) {
          throw stale(expected, next, stored);
        }
      }
      return true;
    });
  }

  private static boolean replace(
      Session session, RecordId id, String before, String after, boolean finished)
      throws SQLException {
    int written = session.update(
        "update sb_record set document = ?, finished = ? where id = ? and document = ?",
        after,
        finished,
        id.value(),
        before);
    return written == 1;
  }

  private static Optional<String> document(Session session, RecordId id) throws SQLException {
    return session.first(
        "select document from sb_record where id = ?", row -> row.getString(1), id.value());
  }

  private StaleStateException stale(
      OperationRecord expected, OperationRecord next, Optional<String> stored) {
    return new StaleStateException(
        "Cannot change record " + expected.id() + " from " + expected.status() + " to "
            + next.status() + ": "
            + stored
                .map(document -> "it was changed, now " + database.parse(FORMAT, document))
                .orElse("there is none"));
  }

  @Override
  public Optional<StoredOperation> find(RecordId id) {
    return database.read(
        "read record " + id,
        session -> session.first(
            "select r.document, w.document from sb_record r"
                + " join sb_wanted w on w.record = r.id where r.id = ?",
            row -> new StoredOperation(
                database.parse(FORMAT, row.getString(1)),
                database.parse(JsonFormats.appState(), row.getString(2))),
            id.value()));
  }

  @Override
  public Page<OperationRecord> list(RecordQuery query, PageRequest page) {
    StringBuilder sql =
        new StringBuilder("select number, document from sb_record where number < ?");
    List<Object> values = new ArrayList<>();
    values.add(Paging.below(page));
    query.app().ifPresent(app -> {
      sql.append(" and app = ?");
      values.add(app.value());
    });
    if (query.unfinishedOnly()) {
      sql.append(" and finished = false");
    }
    sql.append(" order by number desc limit ?");
    values.add(Paging.rows(page));
    List<Paging.Entry> found = database.read(
        "list records", session -> session.list(sql.toString(), Paging.ENTRY, values.toArray()));
    return Paging.page(page, found, document -> database.parse(FORMAT, document));
  }
}
