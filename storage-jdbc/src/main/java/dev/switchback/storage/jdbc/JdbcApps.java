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

/** Apps, and a revision for each generation; the newest one, which is never removed, is the state. */
record JdbcApps(Database database) implements AppStore {

  private static final JsonFormat<AppState> FORMAT = JsonFormats.appState();

  private static final String INSERT = "insert into sb_revision (generation, document, app) ";

  /** The app, if it has that revision. */
  private static final String HAVING = "app from sb_revision where app = ? and generation = ?";

  @Override
  public Optional<AppState> find(AppId app) {
    return database
        .read(
            "read app " + app,
            session -> session.first(
                "select document from sb_revision where app = ? order by generation desc limit 1",
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
            "select a.app, r.document from sb_app a join sb_revision r on r.app = a.app"
                + " and r.generation ="
                + " (select max(n.generation) from sb_revision n where n.app = a.app)"
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
  static List<Write> swap(AppState next) {
    String app = next.app().value();
    long generation = next.generation();
    String document = FORMAT.text(next);
    Write.Check isDone = (session, written) -> {
      if (written[0] == 0) {
        throw stale(session, next);
      }
    };
    if (generation == 1) {
      return List.of(
          Write.ofNew("insert into sb_app (app) values (?)", isDone, app),
          Write.ofNew(INSERT + "values (?, ?, ?)", isDone, generation, document, app));
    }
    return List.of(new Write(
        INSERT + "select ?, ?, " + HAVING + " on conflict do nothing",
        INSERT + "values (?, ?, (select " + HAVING + "))",
        Collections.singletonList(new Object[] {generation, document, app, generation - 1}),
        isDone));
  }

  /**
   * Returns the statement that adds a revision while the lease is held and the one before is there, and
   * else fails: a commit by itself.
   */
  static String moveOn(Dialect dialect) {
    return INSERT + "values (?, ?, case when " + JdbcLeases.isHeld(dialect) + " then (select "
        + HAVING + ") end)";
  }

  /**
   * Makes {@code next}, which is not the first, the state of its app.
   *
   * @param sql what {@link #moveOn(Dialect)} returned
   */
  static Database.Work<Integer> moveOn(String sql, Lease lease, AppState next) {
    long generation = next.generation();
    String app = next.app().value();
    Object[] values = {generation, FORMAT.text(next), app, lease.fence(), app, generation - 1};
    return session -> session.update(sql, values);
  }

  private static StaleStateException stale(Session session, AppState next) throws SQLException {
    return new StaleStateException(
        "Cannot bring " + next.app() + " to generation " + next.generation()
            + ": it is at generation " + generation(session, next.app())
            + "; read it again and decide anew");
  }

  private static long generation(Session session, AppId app) throws SQLException {
    return session
        .first(
            "select coalesce(max(generation), 0) from sb_revision where app = ?",
            row -> row.getLong(1),
            app.value())
        .orElseThrow();
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
