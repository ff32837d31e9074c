// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.Build;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Commit;
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
  public Optional<Build> find(AppId app, ComponentKey component, String version) {
    if (!isName(version)) {
      return Optional.empty();
    }
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
    long upTo = Paging.upTo(page); // a build may have the greatest number there is
    List<Paging.Entry> found = database.read(
        "list the builds of " + component + " in " + app,
        session -> session.list(
            "select sequence, document from sb_build where app = ? and component = ?"
                + " and sequence <= ? order by sequence desc limit ?",
            Paging.ENTRY,
            app.value(),
            component.value(),
            upTo,
            Paging.rows(page)));
    return Paging.page(page, found, document -> database.parse(FORMAT, document));
  }

  /** Appends builds to the histories of their components, each behind the last one. */
  static Write append(List<Build> builds) {
    List<Object[]> rows = builds.stream()
        .map(build -> new Object[] {
          build.app().value(),
          build.component().value(),
          build.sequence(),
          build.version(),
          FORMAT.text(build),
          build.sequence(),
          build.app().value(),
          build.component().value()
        })
        .toList();
    // Asks for the last one: a plan made while the table is small may look for a later one by going
    // through every build of the component.
    String insert = "insert into sb_build (app, component, sequence, version, document)"
        + " select ?, ?, ?, ?, ? where ? > (select coalesce(max(sequence), 0) from sb_build"
        + " where app = ? and component = ?)"
        + " on conflict do nothing";
    return new Write(insert, Write.failing(insert), rows, (session, written) -> {
      for (int i = 0; i < written.length; i++) {
        if (written[i] == 0) {
          throw stale(session, builds.get(i));
        }
      }
    });
  }

  private static StaleStateException stale(Session session, Build build) throws SQLException {
    List<Long> taken = session.list(
        "select sequence from sb_build where app = ? and component = ? and version = ?",
        row -> row.getLong(1),
        build.app().value(),
        build.component().value(),
        build.version());
    return new StaleStateException("Cannot append build " + build.version() + " as number "
        + build.sequence() + " of " + build.component() + " in " + build.app() + ": "
        + (taken.isEmpty()
            ? "the last one has that number or a greater one"
            : "there is one of that version, with number " + taken.get(0)));
  }

  static JdbcCommit.Removal forget(AppId app, List<Commit.BuildName> names) {
    return session -> session.batch(
        "delete from sb_build where app = ? and component = ? and version = ?",
        names.stream()
            .filter(name -> isName(name.version()))
            .map(name -> new Object[] {app.value(), name.component().value(), name.version()})
            .toList());
  }

  /** Tells whether a build can be called so; other texts might be cut or replaced on their way. */
  private static boolean isName(String version) {
    return version.chars().noneMatch(Character::isISOControl)
        && UTF_8.newEncoder().canEncode(version);
  }
}
