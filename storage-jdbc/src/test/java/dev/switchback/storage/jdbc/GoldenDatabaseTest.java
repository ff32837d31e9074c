// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.RECORD;
import static dev.switchback.storage.jdbc.Examples.WEB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.RecordId;
import dev.switchback.model.TemplateId;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.Signal;
import dev.switchback.storage.Commit;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Databases that each schema version made, filled by {@link Examples#fill}: opened for ever. {@link
 * GoldenFiles} wrote them.
 */
final class GoldenDatabaseTest {

  private static final PageRequest TEN = PageRequest.first(10);

  @TempDir
  Path directory;

  private static byte[] golden(String name) throws IOException {
    try (InputStream kept = GoldenDatabaseTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(kept).as(name).isNotNull();
      return kept.readAllBytes();
    }
  }

  private static IntStream versions() {
    return IntStream.rangeClosed(1, Schema.MIGRATIONS.size());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void open_keptSqliteDatabase_hasAllThatWasStoredAndGoesOn(int version) throws IOException {
    Files.write(directory.resolve("switchback.db"), golden("schema-" + version + ".db"));
    try (Storage storage = JdbcStorage.open(directory)) {
      checkAll(storage);
      goOn(storage);
    }
    try (Storage storage = JdbcStorage.open(directory)) {
      assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 3));
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void open_keptPostgresDatabase_hasAllThatWasStoredAndGoesOn(int version) throws IOException {
    DataSource source = PostgresServer.running().newSchema();
    PostgresServer.execute(source, new String(golden("schema-" + version + ".sql"), UTF_8));
    try (Storage storage = JdbcStorage.open(source)) {
      checkAll(storage);
      goOn(storage);
    }
    try (Storage storage = JdbcStorage.open(source, JdbcOptions.standard().withTablesOfHost())) {
      assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 3));
    }
  }

  private static void checkAll(Storage storage) {
    assertThat(storage.templates().find(Examples.ref("v1.0.0"))).contains(Examples.version("1.0"));
    assertThat(
            storage.templates().versions(new TemplateId("shop-template"), TEN).items())
        .extracting(summary -> summary.ref().version().text())
        .containsExactly("2.0", "1.0");
    assertThat(storage.templates().templates(TEN).items())
        .extracting(summary -> summary.ref().version().text())
        .containsExactly("2.0");
    assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
    assertThat(storage.apps().revisions(APP, TEN).items())
        .containsExactly(Examples.state("2.0", 2), Examples.state("1.0", 1));
    assertThat(storage.records().find(RECORD))
        .contains(
            new StoredOperation(Examples.record(RecordStatus.SUCCEEDED), Examples.state("2.0", 2)));
    assertThat(storage
            .records()
            .list(RecordQuery.ofApp(APP).startedFrom(Examples.NOON), TEN)
            .items())
        .containsExactly(Examples.record(RecordStatus.SUCCEEDED));
    assertThat(storage.records().list(RecordQuery.all().unfinished(), TEN).items())
        .isEmpty();
    assertThat(storage.journals().read(RECORD))
        .containsExactly(Examples.entry(1), Examples.entry(2));
    assertThat(storage.builds().list(APP, WEB, TEN).items())
        .containsExactly(Examples.build(2), Examples.build(1));
    assertThat(storage.signals().find(RECORD)).isEqualTo(Signal.PAUSE);
    assertThat(storage.audit().list(APP, TEN).items()).containsExactly(Examples.tick(1));
    assertThat(storage.leases().find(APP)).isEmpty();
  }

  private static void goOn(Storage storage) {
    Lease lease = storage.leases().acquire(APP, "node-2", Examples.LONG);
    assertThat(lease.fence()).isEqualTo(2);
    storage.commit(
        lease,
        Commit.of(APP)
            .begin(new StoredOperation(
                Examples.record(RecordStatus.PLANNED).toBuilder()
                    .id(new RecordId("rec-2"))
                    .build(),
                Examples.state("1.0", 3)))
            .state(Examples.state("1.0", 3))
            .builds(List.of(Examples.build(3)))
            .release()
            .build());
    assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 3));
    assertThat(storage.records().list(RecordQuery.all(), TEN).items()).hasSize(2);
  }
}
