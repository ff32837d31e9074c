// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Builds by component and sequence number. */
record JdbcBuilds(Database database) implements BuildStore {

  private static final JsonFormat<Build> FORMAT = JsonFormats.build();

  @Override
  public void append(Lease lease, Build build) {
    String document = FORMAT.text(build);
    database.<Boolean>write(
        "append build " + build.version() + " of " + build.component() + " in " + build.app(),
        session -> {
          session.checkLease(lease, build.app());
          long last = last(session, build);
          if (build.sequence() <= last) {
            throw stale(build, "the last one has number " + last);
          }
          int written = session.update(
              "insert into sb_build (app, component, sequence, version, document)"
                  + " values (?, ?, ?, ?, ?) on conflict do nothing",
              build.app().value(),
              build.component().value(),
              build.sequence(),
              build.version(),
              document);
          if (written == 0) {
            throw stale(build, "there is one of that version");
          }
          return true;
        });
  }

  private static long last(Session session, Build build) throws SQLException {
    return session
        .first(
            "select coalesce(max(sequence), 0) from sb_build where app = ? and component = ?",
            row -> row.getLong(1),
            build.app().value(),
            build.component().value())
        .orElse(0L);
  }

  private static StaleStateException stale(Build build, String why) {
    return new StaleStateException("Cannot append build " + build.version() + " as number "
        + build.sequence() + " of " + build.component() + " in " + build.app() + ": " + why);
  }

  @Override
  public Optional<Build> find(AppId app, ComponentKey component, String version) {
    return database
        .read(
            "read build " + version + " of " + component + " in " + app,
            session -> session.first(
                "select document from sb_build where app = ? and component = ? and version = ?",
                row -> row.getString(1),
                app.value(),
                component.value(),
                version))
        .map(document -> database.parse(FORMAT, document));
  }

  @Override
  public Page<Build> list(AppId app, ComponentKey component, PageRequest page) {
    long below = Paging.below(page);
    List<Paging.Entry> found = database.read(
        "list the builds of " + component + " in " + app,
        session -> session.list(
            "select sequence, document from sb_build where app = ? and component = ?"
                + " and sequence < ? order by sequence desc limit ?",
            Paging.ENTRY,
            app.value(),
            component.value(),
            below,
            Paging.rows(page)));
    return Paging.page(page, found, document -> database.parse(FORMAT, document));
  }
}
