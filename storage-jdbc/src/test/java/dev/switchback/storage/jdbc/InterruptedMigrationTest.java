// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Somebody who makes the tables and dies on the way: whoever opens next makes them all. */
final class InterruptedMigrationTest {

  private static final Pattern WRITES = Pattern.compile("^(create|insert|commit)");

  @TempDir
  Path directory;

  private int left;
  private int cuts;
  private String last = "";

  @Test
  void open_afterAnInterruptionAnywhereOnSqlite_makesAllTables() {
    int number = 0;
    int[] databases = {0};
    while (interrupted(++number, 1, () -> sqlite(++databases[0]))) {
      // goes on until nothing is left to interrupt
    }
    assertThat(cuts).isGreaterThan(20);
  }

  @Test
  void open_afterAnInterruptionOnPostgres_makesAllTables() {
    int number = 0;
    while (interrupted(++number, 5, () -> PostgresServer.running().newSchema())) {
      // goes on until nothing is left to interrupt
    }
    assertThat(cuts).isGreaterThan(3);
  }

  private DataSource sqlite(int number) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + directory.resolve(number + ".db"));
    return source;
  }

  /** Cuts the connection before a write; tells whether there were as many. */
  private boolean interrupted(int number, int step, Supplier<DataSource> fresh) {
    DataSource source = fresh.get();
    left = number * step;
    DataSource dying = Watched.around(source, (sql, connection) -> {
      if (WRITES.matcher(sql.strip().toLowerCase(Locale.ROOT)).find() && --left == 0) {
        connection.close();
        last = sql;
        throw new SQLException("killed before " + sql);
      }
    });

    Throwable thrown = catchThrowable(() -> JdbcStorage.open(dying).close());

    if (left > 0) {
      assertThat(thrown).isNull();
    } else if (thrown != null) {
      assertThat(thrown).as(last).isInstanceOf(StorageException.class);
      cuts++;
    }
    try (Storage storage = JdbcStorage.open(source)) {
      Examples.fill(storage);
      assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
    }
    return left <= 0;
  }
}
