// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.switchback.model.VersionRef;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.Storage;
import dev.switchback.storage.TemplateStore;
import dev.switchback.storage.jdbc.JdbcStorage;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured does what it says. */
final class SiteTest {

  private static final int SIZE = 300;
  private static final int NUMBER_IN_SMALL = 207;

  @TempDir
  Path directory;

  private Site site() throws SQLException {
    Storage storage = JdbcStorage.open(directory);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:sqlite:" + directory.resolve("switchback.db"));
    return new Site(storage, new HikariDataSource(config), SIZE);
  }

  @Test
  void fill_makesTheVersionsThatAreLookedFor() throws SQLException {
    try (Site site = site()) {
      TemplateStore templates = site.storage().templates();
      for (int number : new int[] {0, SIZE / 2 - 1, SIZE / 2, NUMBER_IN_SMALL, SIZE - 1}) {
        VersionRef ref = site.version(number);
        assertThat(templates.find(ref)).contains(Versions.of(ref));
        assertThat(site.selectBare(ref)).isBetween(3500, 4500);
      }
      assertThat(templates.versions(Versions.LARGE, PageRequest.first(SIZE)).items())
          .hasSize(SIZE / 2);
      assertThat(
              templates.versions(site.smallTemplate(7), PageRequest.first(SIZE)).items())
          .hasSize(50);
    }
  }

  @Test
  void works_ofASecondRun_goOn() throws SQLException {
    for (int run = 0; run < 2; run++) {
      try (Site site = site()) {
        for (int i = 0; i < 3; i++) {
          site.insertBare();
          site.keepVersion();
          site.commitEntry(i);
          site.commitState(i);
        }
        assertThat(site.storage()
                .templates()
                .versions(Versions.FRESH, PageRequest.first(SIZE))
                .items())
            .hasSize(3);
      }
    }
  }
}
