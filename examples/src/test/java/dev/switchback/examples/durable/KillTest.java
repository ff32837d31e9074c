// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import static dev.switchback.examples.durable.Place.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.Switchback;
import dev.switchback.model.Digest;
import dev.switchback.model.RecordId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import dev.switchback.storage.files.FileBlobStore;
import dev.switchback.testkit.site.SampleShop;
import dev.switchback.testkit.site.proof.SiteInvariants;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that installs, upgrades and rolls back is killed at random moments, again and again: what
 * it was told is done stays, and after recovery the site is whole.
 *
 * <p>{@code -Dswitchback.kills=200} asks for that many kills of each database.
 */
final class KillTest {

  private static final int KILLS = Integer.getInteger("switchback.kills", 12);
  private static final int MOST_LINES = 24;
  private static final int MOST_MILLIS = 60;

  @TempDir
  Path directory;

  private final Set<RecordId> interrupted = new HashSet<>();
  private int acknowledged;

  @Test
  void kill_ofANodeOverTheEmbeddedDatabase_losesNothing() throws Exception {
    killAgainAndAgain(new Place(directory, ""), 1);
  }

  @Test
  void kill_ofANodeOverPostgres_losesNothing() throws Exception {
    try (Postgres postgres = new Postgres(directory.resolve("postgres"))) {
      killAgainAndAgain(new Place(directory, postgres.url()), 2);
    }
  }

  private void killAgainAndAgain(Place place, long seed) throws Exception {
    Random random = new Random(seed);
    try (Storage storage = place.openStorage();
        FileBlobStore blobs = place.openBlobs();
        FileBackend backend = place.openBackend(() -> {});
        Switchback site = place.open(storage, blobs, backend, "the one who tidies up")) {
      site.library().publish(SampleShop.version("1.0"), "vendor");
      site.library().publish(SampleShop.version("2.0"), "vendor");
      SiteInvariants invariants = SiteInvariants.of(storage, backend);
      for (int kill = 1; kill <= KILLS; kill++) {
        List<String> lines = runAndKill(place, "node " + kill, random);
        checkAcknowledged(lines, storage, blobs);
        site.apps()
            .records(RecordQuery.all().unfinished(), PageRequest.first(100))
            .items()
            .forEach(record -> interrupted.add(record.id()));
        if (kill < KILLS && random.nextInt(4) == 0) {
          continue; // the next node finds it, and may be killed while it tidies up
        }
        Place.recover(site, storage);
        invariants.check(APP, "kill " + kill + " of seed " + seed);
        checkAcknowledged(lines, storage, blobs);
        assertThat(blobs.verify()).isEmpty();
      }
      long generation = storage.apps().find(APP).map(AppState::generation).orElse(0L);
      System.out.println(KILLS + " kills, " + acknowledged + " acknowledgements, "
          + interrupted.size() + " operations interrupted and recovered, " + generation
          + " generations");
      assertThat(generation).isGreaterThan(KILLS / 2);
      // Nearly half of the kills hit an operation; in a short run, chance may have it otherwise.
      assertThat(interrupted).hasSizeGreaterThanOrEqualTo(Math.max(0, KILLS / 4 - 10));
    }
  }

  /** Lets a node do a few things, or not even open, and kills it in the middle of the next one. */
  private static List<String> runAndKill(Place place, String name, Random random)
      throws IOException, InterruptedException {
    try (NodeProcess node = new NodeProcess(Node.class, place, name)) {
      List<String> lines = new ArrayList<>();
      for (int left = random.nextInt(MOST_LINES); left > 0; left--) {
        lines.add(node.answer());
      }
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MOST_MILLIS)).toNanos());
      assertThat(node.isAlive()).isTrue();
      lines.addAll(node.kill());
      return lines;
    }
  }

  /** What the process was told is done, is there. */
  private void checkAcknowledged(List<String> lines, Storage storage, FileBlobStore blobs) {
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "open", "working" -> {
          continue;
        }
        case "blob" ->
          assertThat(blobs.present(List.of(Digest.parse(words[1])))).as(line).hasSize(1);
        case "version" ->
          assertThat(storage.templates().find(VersionRef.parse(words[1])))
              .as(line)
              .isPresent();
        case "record" -> {
          assertThat(storage.records().find(new RecordId(words[1])))
              .as(line)
              .hasValueSatisfying(
                  stored -> assertThat(stored.record().status()).hasToString(words[2]));
          assertThat(storage.apps().findRevision(APP, Long.parseLong(words[3])))
              .as(line)
              .isPresent();
        }
        default -> throw new AssertionError("The node said: " + line);
      }
      acknowledged++;
    }
  }
}
