// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.Commit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one commit in one transaction. Every document is made before the transaction begins, which
 * is kept short: the lease is locked all through it, so that no other commit about the app comes
 * between. What is written goes to the database together with the question for the lease, where it
 * takes that: it is rolled back if one of the answers is wrong, and until then nobody sees it.
 */
final class JdbcCommit {

  /** Removes one part of what is stored; looks at it before. */
  interface Removal {
    void run(Session session) throws SQLException;
  }

  private final Database database;
  private final RecordApps apps = new RecordApps();
  private final String moveOn;
  private final String goOn;

  JdbcCommit(Database database) {
    this.database = database;
    moveOn = JdbcApps.moveOn(database.dialect());
    goOn = JdbcJournals.goOn(database.dialect());
  }

  void run(Lease lease, Commit commit) {
    if (!lease.app().equals(commit.app())) {
      throw new IllegalArgumentException(
          "Invalid lease: it is for " + lease.app() + ", the change is to " + commit.app());
    }
    String what = "change app " + commit.app();
    Database.Work<Integer> whole = whole(what, lease, commit);
    if (whole != null) {
      database.writeAtOnce(what, whole, session -> {
        session.write(writes(lease, commit));
        return 1;
      });
    } else {
      writeInParts(what, lease, commit);
    }
    commit.operation().ifPresent(operation -> apps.put(operation.record().id(), commit.app()));
  }

  /** Returns what writes it by one statement, or null if it takes more. */
  private Database.@Nullable Work<Integer> whole(String what, Lease lease, Commit commit) {
    AppState next = commit.state().orElse(null);
    if (next != null && onlyMovesOn(commit)) {
      return JdbcApps.moveOn(moveOn, lease, next);
    }
    if (onlyGoesOn(commit) && isOfApp(what, commit)) {
      return JdbcJournals.goOn(goOn, lease, commit.journal());
    }
    return null;
  }

  /** A lease of one app gives no right to change the journal of another. */
  private boolean isOfApp(String what, Commit commit) {
    RecordId record = commit.journal().get(0).record();
    AppId app = apps.find(record);
    if (app == null) {
      app = new JdbcRecords(database).findApp(what, record).orElse(null);
      if (app != null) {
        apps.put(record, app);
      }
    }
    return commit.app().equals(app);
  }

  private void writeInParts(String what, Lease lease, Commit commit) {
    List<Write> writes = writes(lease, commit);
    List<Removal> removals = removals(commit);
    if (removals.isEmpty()) {
      database.writeTogether(what, writes);
      return;
    }
    database.<Boolean>write(what, session -> {
      session.write(writes);
      for (Removal removal : removals) {
        removal.run(session);
      }
      return true;
    });
  }

  private List<Write> writes(Lease lease, Commit commit) {
    JdbcRecords records = new JdbcRecords(database);
    List<Write> writes = new ArrayList<>();
    writes.add(JdbcLeases.lock(database.dialect(), lease, commit.releasesLease()));
    commit.operation().ifPresent(operation -> writes.addAll(JdbcRecords.create(operation)));
    List<JournalEntry> journal = commit.journal();
    if (!journal.isEmpty()) {
      writes.add(JdbcJournals.append(commit.app(), journal));
    }
    commit.state().ifPresent(state -> writes.addAll(JdbcApps.swap(state)));
    if (!commit.builds().isEmpty()) {
      writes.add(JdbcBuilds.append(commit.builds()));
    }
    commit.recordChange().ifPresent(change -> writes.add(records.change(change)));
    return writes;
  }

  /** Tells whether it is what stands between two waves, as most commits are. */
  private static boolean onlyGoesOn(Commit commit) {
    int entries = commit.journal().size();
    return entries > 0
        && entries <= Database.MANY
        && commit.journal().get(0).sequence() > 1
        && commit.state().isEmpty()
        && hasNoMore(commit);
  }

  /** Tells whether it is a state, not the first one of its app, and nothing else. */
  private static boolean onlyMovesOn(Commit commit) {
    return commit.state().filter(state -> state.generation() > 1).isPresent()
        && commit.journal().isEmpty()
        && hasNoMore(commit);
  }

  /** Tells whether journal and state are all that it writes. */
  private static boolean hasNoMore(Commit commit) {
    return commit.operation().isEmpty()
        && commit.builds().isEmpty()
        && commit.recordChange().isEmpty()
        && removals(commit).isEmpty()
        && !commit.releasesLease();
  }

  private static List<Removal> removals(Commit commit) {
    List<Removal> removals = new ArrayList<>();
    if (!commit.forgottenRevisions().isEmpty()) {
      removals.add(JdbcApps.forget(commit.app(), commit.forgottenRevisions()));
    }
    if (!commit.forgottenBuilds().isEmpty()) {
      removals.add(JdbcBuilds.forget(commit.app(), commit.forgottenBuilds()));
    }
    if (!commit.forgottenJournals().isEmpty()) {
      removals.add(JdbcJournals.forget(commit.app(), commit.forgottenJournals()));
    }
    return removals;
  }
}
