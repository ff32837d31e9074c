// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.Commit;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.StoredOperation;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records by number of creation; the states they want stand apart, since they never change. */
record JdbcRecords(Database database) implements RecordStore {

  private static final JsonFormat<OperationRecord> FORMAT = JsonFormats.operationRecord();
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  private static final String REPLACE =
      "update sb_record set kind = ?, status = ?, finished = ?, started_at = ?, document = ?"
          + " where id = ? and document = ?";

  /** As many records in a span of time are likely to be met on the way through all. */
  private static final int MANY = 10_000;

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

  /** Returns the app of a record. */
  Optional<AppId> findApp(String what, RecordId id) {
    return database.read(
        what,
        session -> session.first(
            "select app from sb_record where id = ?",
            row -> new AppId(row.getString(1)),
            id.value()));
  }

  @Override
  public Page<OperationRecord> list(RecordQuery query, PageRequest page) {
    List<Object> values = new ArrayList<>();
    String chosen = chosen(query, page, values);
    List<Paging.Entry> found = database.read(
        "list records",
        session -> session.list(
            "select number, document from sb_record where " + chosen,
            Paging.ENTRY,
            values.toArray()));
    return Paging.page(page, found, document -> database.parse(FORMAT, document));
  }

  /**
   * Returns what follows the where of a list, and adds the values for it. On the way through all
   * numbers there may be millions before those of a short span of time, or of a rare status or kind.
   */
  private String chosen(RecordQuery query, PageRequest page, List<Object> values) {
    List<Object> ofConditions = new ArrayList<>();
    ofConditions.add(Paging.below(page));
    String conditions = conditions(query, ofConditions);
    ofConditions.add(Paging.rows(page));
    boolean fewLeft = query.app().isPresent() || isUnfinished(query);
    if (!fewLeft && isOfShortSpan(query)) {
      values.addAll(ofConditions);
      // The sign rules that way out, and the index by start gives the numbers of the span.
      return "number in (select number from sb_record where +number < ?" + conditions
          + " order by +number desc limit ?) order by number desc";
    }
    if (!fewLeft && isSome(query.statuses(), RecordStatus.values())) {
      return ofAny("status", query.statuses(), conditions, ofConditions, page, values);
    }
    if (!fewLeft && isSome(query.kinds(), OperationKind.values())) {
      return ofAny("kind", query.kinds(), conditions, ofConditions, page, values);
    }
    values.addAll(ofConditions);
    return "number < ?" + conditions + " order by number desc limit ?";
  }

  private static <T> boolean isSome(Set<T> wanted, T[] all) {
    return !wanted.isEmpty() && wanted.size() < all.length;
  }

  /** Takes a page of each status or kind, to which an index leads, and of those the page. */
  private static String ofAny(
      String column,
      Set<? extends Enum<?>> wanted,
      String conditions,
      List<Object> ofConditions,
      PageRequest page,
      List<Object> values) {
    List<String> pages = new ArrayList<>();
    for (Enum<?> one : wanted) {
      pages.add("select number from (select number from sb_record where " + column
          + " = ? and number < ?" + conditions + " order by number desc limit ?) t");
      values.add(one.name());
      values.addAll(ofConditions);
    }
    values.add(Paging.rows(page));
    return "number in (" + String.join(" union all ", pages) + ") order by number desc limit ?";
  }

  /** Tells whether the index by start leads to few records. */
  private boolean isOfShortSpan(RecordQuery query) {
    if (query.from().isEmpty() && query.before().isEmpty()) {
      return false;
    }
    List<Long> span = database.read(
        "list records",
        session -> session.list(
            "select number from sb_record where started_at >= ? and started_at < ? limit ?",
            row -> row.getLong(1),
            query.from().map(JdbcRecords::nanos).orElse(Long.MIN_VALUE),
            query.before().map(JdbcRecords::nanos).orElse(Long.MAX_VALUE),
            MANY));
    return span.size() < MANY;
  }

  private static boolean isUnfinished(RecordQuery query) {
    return query.statuses().stream().noneMatch(RecordStatus::isTerminal);
  }

  /** Returns what a query asks for but the page, and adds the values for it. */
  private static String conditions(RecordQuery query, List<Object> values) {
    StringBuilder sql = new StringBuilder();
    query.app().ifPresent(app -> {
      sql.append(" and app = ?");
      values.add(app.value());
    });
    query.from().ifPresent(from -> {
      sql.append(" and started_at >= ?");
      values.add(nanos(from));
    });
    query.before().ifPresent(before -> {
      sql.append(" and started_at < ?");
      values.add(nanos(before));
    });
    if (isUnfinished(query)) {
      sql.append(" and finished = false"); // what the index of unfinished ones says
    }
    if (query.statuses().size() < RecordStatus.values().length) {
      sql.append(" and ").append(oneOf("status", query.statuses().size()));
      query.statuses().forEach(status -> values.add(status.name()));
    }
    if (query.kinds().size() < OperationKind.values().length) {
      sql.append(" and ").append(oneOf("kind", query.kinds().size()));
      query.kinds().forEach(kind -> values.add(kind.name()));
    }
    return sql.toString();
  }

  /** Not by an index, which would give the numbers of one value after those of another. */
  private static String oneOf(String column, int count) {
    return count == 0 ? "1 = 0" : column + " || '' in (?" + ", ?".repeat(count - 1) + ")";
  }

  /** Keeps a new record. */
  static List<Write> create(StoredOperation operation) {
    OperationRecord record = operation.record();
    String document = FORMAT.text(record);
    String wanted = JsonFormats.appState().text(operation.wanted());
    Write.Check isNew = (session, written) -> {
      if (written[0] == 0) {
        throw new StaleStateException(
            "Cannot create record " + record.id() + ": there is one already");
      }
    };
    return List.of(
        Write.ofNew(
            "insert into sb_record (id, app, kind, status, finished, started_at, document)"
                + " values (?, ?, ?, ?, ?, ?, ?)",
            isNew,
            record.id().value(),
            record.app().value(),
            record.kind().name(),
            record.status().name(),
            record.status().isTerminal(),
            nanos(record.startedAt()),
            document),
        Write.ofNew(
            "insert into sb_wanted (record, document) values (?, ?)",
            isNew,
            record.id().value(),
            wanted));
  }

  /** Puts a record in place of an equal one. */
  Write change(Commit.RecordChange change) {
    OperationRecord expected = change.expected();
    String before = FORMAT.text(expected);
    String after = FORMAT.text(change.next());
    Write.Check isDone = (session, written) -> {
      if (written[0] == 0) {
        // Equal records may differ in the spelling of a version, and so in their documents.
        Optional<String> stored = document(session, expected.id());
        boolean equal =
            stored.isPresent() && database.parse(FORMAT, stored.get()).equals(expected);
        if (!equal || session.update(REPLACE, replacing(stored.get(), change.next(), after)) == 0) {
          throw stale(change, stored);
        }
      }
    };
    return Write.of(REPLACE, isDone, replacing(before, change.next(), after));
  }

  /** Returns the values for {@link #REPLACE}. */
  private static Object[] replacing(String before, OperationRecord next, String after) {
    return new Object[] {
      next.kind().name(),
      next.status().name(),
      next.status().isTerminal(),
      nanos(next.startedAt()),
      after,
      next.id().value(),
      before
    };
  }

  private static Optional<String> document(Session session, RecordId id) throws SQLException {
    return session.first(
        "select document from sb_record where id = ?", row -> row.getString(1), id.value());
  }

  private StaleStateException stale(Commit.RecordChange change, Optional<String> stored) {
    return new StaleStateException("Cannot change record " + change.expected().id() + " from "
        + change.expected().status() + " to " + change.next().status() + ": "
        + stored
            .map(document -> "it was changed, now " + database.parse(FORMAT, document))
            .orElse("there is none"));
  }

  /** Nanoseconds since 1970; times further than 292 years from then count as that far. */
  private static long nanos(Instant time) {
    BigInteger exact = BigInteger.valueOf(time.getEpochSecond())
        .multiply(NANOS)
        .add(BigInteger.valueOf(time.getNano()));
    return exact.bitLength() < Long.SIZE
        ? exact.longValue()
        : exact.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
