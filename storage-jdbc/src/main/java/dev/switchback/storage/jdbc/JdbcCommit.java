// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.Commit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one commit in one transaction. Every document is made before the transaction begins, which
 * is kept short: the lease is locked all through it, so that no other commit about the app comes
 * between.
 */
record JdbcCommit(Database database) {

  /** Writes one part. */
  interface Part {
    void write(Session session) throws SQLException;
  }

  void run(Lease lease, Commit commit) {
    if (!lease.app().equals(commit.app())) {
      throw new IllegalArgumentException(
          "Invalid lease: it is for " + lease.app() + ", the change is to " + commit.app());
    }
    List<Part> parts = parts(commit);
    database.<Boolean>write("change app " + commit.app(), session -> {
      JdbcLeases.lock(session, lease, commit.releasesLease());
      for (Part part : parts) {
        part.write(session);
      }
      return true;
    });
  }

  private List<Part> parts(Commit commit) {
    JdbcRecords records = new JdbcRecords(database);
    List<Part> parts = new ArrayList<>();
    commit.operation().ifPresent(operation -> parts.add(JdbcRecords.create(operation)));
    List<JournalEntry> journal = commit.journal();
    if (!journal.isEmpty()) {
      parts.add(JdbcJournals.append(commit.app(), journal));
    }
    commit.state().ifPresent(state -> parts.add(JdbcApps.swap(state)));
    if (!commit.builds().isEmpty()) {
      parts.add(JdbcBuilds.append(commit.builds()));
    }
    commit.recordChange().ifPresent(change -> parts.add(records.change(change)));
    if (!commit.forgottenRevisions().isEmpty()) {
      parts.add(JdbcApps.forget(commit.app(), commit.forgottenRevisions()));
    }
    if (!commit.forgottenBuilds().isEmpty()) {
      parts.add(JdbcBuilds.forget(commit.app(), commit.forgottenBuilds()));
    }
    if (!commit.forgottenJournals().isEmpty()) {
      parts.add(JdbcJournals.forget(commit.app(), commit.forgottenJournals()));
    }
    return parts;
  }
}
