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
import java.util.List;
import java.util.Optional;

/** Apps with the generation they are at, and a revision for each generation. */
record JdbcApps(Database database) implements AppStore {

  private static final JsonFormat<AppState> FORMAT = JsonFormats.appState();

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
  public void swap(Lease lease, AppState next) {
    String document = FORMAT.text(next);
    database.<Boolean>write("change app " + next.app(), session -> {
      session.checkLease(lease, next.app());
      if (!moveOn(session, next)) {
        throw stale(session, next);
      }
      session.update(
          "insert into sb_revision (app, generation, document) values (?, ?, ?)",
          next.app().value(),
          next.generation(),
          document);
      return true;
    });
  }

  /** Brings the app to the next generation, if it is at the one before; tells whether it was. */
  private static boolean moveOn(Session session, AppState next) throws SQLException {
    int written = next.generation() == 1
        ? session.update(
            "insert into sb_app (app, generation) values (?, 1) on conflict do nothing",
            next.app().value())
        : session.update(
            "update sb_app set generation = ? where app = ? and generation = ?",
            next.generation(),
            next.app().value(),
            next.generation() - 1);
    return written == 1;
  }

  private static StaleStateException stale(Session session, AppState next) throws SQLException {
    long present = session
        .first(
            "select generation from sb_app where app = ?",
            row -> row.getLong(1),
            next.app().value())
        .orElse(0L);
    return new StaleStateException(
        "Cannot bring " + next.app() + " to generation " + next.generation()
            + ": it is at generation " + present + "; read it again and decide anew");
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
            page.cursor(),
            Paging.rows(page)));
    return Paging.page(page, found, this::state);
  }

  private AppState state(String document) {
    return database.parse(FORMAT, document);
  }
}
