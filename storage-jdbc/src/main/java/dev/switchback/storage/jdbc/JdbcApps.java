// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.AppStore;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Apps with the generation they are at, and a revision for each generation. */
record JdbcApps(Database database) implements AppStore {

  private static final JsonFormat<AppState> FORMAT = JsonFormats.appState();

  private static final String INSERT = "insert into sb_revision (generation, document, app) ";

  /** Brings an app to the next generation, if it is at the one before. */
  private static final String UPDATE =
      "update sb_app set generation = ? where app = ? and generation = ?";

  /** The same, and what follows takes the app from {@code moved}. */
  private static final String MOVE_ON = "with moved as (" + UPDATE + " returning app) ";

  /** The same, while the lease of the app is held. */
  private static final String MOVE_ON_HELD = "with held as materialized (select app from sb_lease"
      + " where app = ? and fence = ? and released = false for no key update),"
      + " moved as (update sb_app a set generation = ? from held where a.app = held.app"
      + " and a.generation = ? returning a.app) ";

  /** Adds a revision of the app that {@code moved}. */
  private static final String IF_MOVED =
      INSERT + "select ?, ?, app from moved on conflict do nothing";

  /** The same, and fails if none did. */
  private static final String OF_MOVED = INSERT + "values (?, ?, (select app from moved))";

  /** The app, if it is at that generation. */
  private static final String MOVED_ON = "app from sb_app where app = ? and generation = ?";

  @Override
  public Optional<AppState> find(AppId app) {
    return database
        .read(
            "read app " + app,
            session -> session.first(
                "select r.document from sb_app a join sb_revision r"
                    + " on r.app = a.app and r.generation = a.generation where a.app = ?",
                row -> row.getString(1),
                app.value()))
        .map(this::state);
  }

  @Override
  public Optional<AppState> findRevision(AppId app, long generation) {
    return database
        .read(
            "read revision " + generation + " of app " + app,
            session -> session.first(
                "select document from sb_revision where app = ? and generation = ?",
                row -> row.getString(1),
                app.value(),
                generation))
        .map(this::state);
  }

  @Override
  public Page<AppState> revisions(AppId app, PageRequest page) {
    long below = Paging.below(page);
    List<Paging.Entry> found = database.read(
        "list the revisions of app " + app,
        session -> session.list(
            "select generation, document from sb_revision where app = ? and generation < ?"
                + " order by generation desc limit ?",
            Paging.ENTRY,
            app.value(),
            below,
            Paging.rows(page)));
    return Paging.page(page, found, this::state);
  }

  @Override
  public Page<AppState> list(PageRequest page) {
    List<Paging.Entry> found = database.read(
        "list the apps",
        session -> session.list(
            "select a.app, r.document from sb_app a join sb_revision r"
                + " on r.app = a.app and r.generation = a.generation"
                + " where a.app > ? order by a.app limit ?",
            Paging.ENTRY,
            Paging.behind(page),
            Paging.rows(page)));
    return Paging.page(page, found, this::state);
  }

  private AppState state(String document) {
    return database.parse(FORMAT, document);
  }

  /** Makes {@code next} the state of its app. */
  static List<Write> swap(Dialect dialect, AppState next) {
    String app = next.app().value();
    long generation = next.generation();
    String document = FORMAT.text(next);
    Write.Check isDone = (session, written) -> {
      if (written[0] == 0) {
        throw stale(session, next);
      }
    };
    if (generation > 1 && dialect.takesMany()) {
      Object[] values = {generation, app, generation - 1, generation, document};
      return List.of(new Write(
          MOVE_ON + IF_MOVED, MOVE_ON + OF_MOVED, Collections.singletonList(values), isDone));
    }
    Write move = generation == 1
        ? Write.ofNew("insert into sb_app (app, generation) values (?, 1)", isDone, app)
        : Write.of(UPDATE, isDone, generation, app, generation - 1);
    Write insert = new Write(
        INSERT + "select ?, ?, " + MOVED_ON + " on conflict do nothing",
        INSERT + "values (?, ?, (select " + MOVED_ON + "))",
        Collections.singletonList(new Object[] {generation, document, app, generation}),
        isDone);
    return List.of(move, insert);
  }

  /**
   * Makes {@code next}, which is not the first, the state of its app, as one statement that asks for
   * the lease, too: as the only write of a commit. PostgreSQL only.
   *
   * <p>The statement sees lease and app as they were before it waited for either, but what it locks or
   * changes it looks at again.
   */
  static Write moveOn(Lease lease, AppState next) {
    long generation = next.generation();
    Object[] values = {
      lease.app().value(), lease.fence(), generation, generation - 1, generation, FORMAT.text(next)
    };
    return new Write(
        MOVE_ON_HELD + IF_MOVED,
        MOVE_ON_HELD + OF_MOVED,
        Collections.singletonList(values),
        (session, written) -> {
          if (written[0] == 0) {
            JdbcLeases.checkHeld(session, lease);
            throw stale(session, next);
          }
        });
  }

  private static StaleStateException stale(Session session, AppState next) throws SQLException {
    return new StaleStateException(
        "Cannot bring " + next.app() + " to generation " + next.generation()
            + ": it is at generation " + generation(session, next.app())
            + "; read it again and decide anew");
  }

  private static long generation(Session session, AppId app) throws SQLException {
    return session
        .first("select generation from sb_app where app = ?", row -> row.getLong(1), app.value())
        .orElse(0L);
  }

  /** Removes revisions, but never the state of the app. */
  static JdbcCommit.Removal forget(AppId app, Set<Long> generations) {
    return session -> {
      long present = generation(session, app);
      if (generations.contains(present)) {
        throw new StaleStateException("Cannot remove generation " + present + " of " + app
            + ": it is the app's present state");
      }
      session.batch(
          "delete from sb_revision where app = ? and generation = ?",
          generations.stream().map(it -> new Object[] {app.value(), it}).toList());
    };
  }
}
