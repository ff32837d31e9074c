// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static dev.switchback.storage.jdbc.Examples.APP;
import static dev.switchback.storage.jdbc.Examples.RECORD;
import static dev.switchback.storage.jdbc.Examples.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.TemplateId;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that schema version 1 made, filled by {@link Examples#fill}: opened for ever. */
final class GoldenDatabaseTest {

  private static final PageRequest TEN = PageRequest.first(10);

  @TempDir
  Path directory;

  @BeforeEach
  void copyDatabase() throws IOException {
    try (InputStream kept = getClass().getResourceAsStream("/golden/schema-1.db")) {
      assertThat(kept).isNotNull();
      Files.copy(kept, directory.resolve("switchback.db"));
    }
  }

  @Test
  void open_keptDatabase_hasAllThatWasStored() {
    try (Storage storage = JdbcStorage.open(directory)) {
      assertThat(storage.templates().find(Examples.ref("v1.0.0")))
          .contains(Examples.version("1.0"));
      assertThat(
              storage.templates().versions(new TemplateId("shop-template"), TEN).items())
          .extracting(summary -> summary.ref().version().text())
          .containsExactly("2.0", "1.0");
      assertThat(storage.templates().templates(TEN).items())
          .extracting(summary -> summary.ref().version().text())
          .containsExactly("2.0");
      assertThat(storage.apps().find(APP)).contains(Examples.state("2.0", 2));
      assertThat(storage.apps().findRevision(APP, 1)).contains(Examples.state("1.0", 1));
      assertThat(storage.records().find(RECORD))
          .contains(new StoredOperation(
              Examples.record(RecordStatus.SUCCEEDED), Examples.state("2.0", 2)));
      assertThat(storage.records().list(RecordQuery.all().unfinished(), TEN).items())
          .isEmpty();
      assertThat(storage.journals().read(RECORD))
          .containsExactly(Examples.entry(1), Examples.entry(2));
      assertThat(storage.builds().list(APP, WEB, TEN).items())
          .containsExactly(Examples.build(2), Examples.build(1));
      assertThat(storage.leases().find(APP)).isEmpty();
    }
  }

  @Test
  void write_toKeptDatabase_goesOn() {
    try (Storage storage = JdbcStorage.open(directory)) {
      Lease lease = storage.leases().acquire(APP, "node-2", Examples.LONG);
      assertThat(lease.fence()).isEqualTo(2);
      storage.apps().swap(lease, Examples.state("1.0", 3));
      storage.builds().append(lease, Examples.build(3));
      assertThat(storage.apps().find(APP)).contains(Examples.state("1.0", 3));
    }
  }
}
