// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.app.Lease;
import dev.switchback.storage.Commit;
import dev.switchback.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Commits that SQLite gets as one statement; PostgreSQL's are in {@link PostgresCommitTest}. */
final class SqliteCommitTest {

  @TempDir
  Path directory;

  private final List<String> calls = new CopyOnWriteArrayList<>();

  @Test
  void commit_ofAStateOrOfEntriesThatGoOn_isOneStatementThatAsksForTheLease() {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + directory.resolve("host.db"));
    try (Storage storage =
        JdbcStorage.open(Watched.around(source, (sql, connection) -> calls.add(sql)))) {
      Examples.fill(storage); // generation 2, record 1 with two entries
      Lease lease = storage.leases().acquire(APP, "node", LONG);
      calls.clear();
      Examples.swap(storage, lease, Examples.state("1.0", 3));
      assertThat(calls).singleElement().asString().contains("sb_revision", "sb_lease");

      calls.clear();
      storage.commit(
          lease,
          Commit.of(APP).journal(List.of(Examples.entry(3), Examples.entry(4))).build());
      assertThat(calls).singleElement().asString().contains("sb_journal", "sb_lease");

      assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 3));
      assertThat(storage.journals().read(Examples.RECORD)).hasSize(4);
    }
  }
}
