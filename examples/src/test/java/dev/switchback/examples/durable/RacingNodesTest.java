// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import static dev.switchback.examples.durable.Place.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.Switchback;
import dev.switchback.model.RecordId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.Storage;
import dev.switchback.storage.files.FileBlobStore;
import dev.switchback.testkit.site.SampleShop;
import dev.switchback.testkit.site.proof.SiteInvariants;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes upgrade the same app at the same moment, over and over: one does, the other is told
 * who and since when.
 *
 * <p>{@code -Dswitchback.races=1000} asks for that many races.
 */
final class RacingNodesTest {

  private static final int RACES = Integer.getInteger("switchback.races", 40);

  @TempDir
  Path directory;

  private int firstWon;

  @Test
  void upgrades_ofOneAppByTwoProcessesOverPostgres_areDoneByOneEach() throws Exception {
    try (Postgres postgres = new Postgres(directory.resolve("postgres"))) {
      race(new Place(directory, postgres.url()));
    }
  }

  @Test
  void upgrades_ofOneAppByTwoProcessesOverOneDirectory_areDoneByOneEach() throws Exception {
    race(new Place(directory, ""));
  }

  private void race(Place place) throws Exception {
    try (Storage storage = place.openStorage();
        FileBlobStore blobs = place.openBlobs();
        FileBackend backend = place.openBackend(() -> {});
        Switchback site = place.open(storage, blobs, backend, "referee");
        NodeProcess first = new NodeProcess(Racer.class, place, "first");
        NodeProcess second = new NodeProcess(Racer.class, place, "second")) {
      site.library().publish(SampleShop.version("1.0"), "vendor");
      site.apps().install(APP, SampleShop.ref("1.0"));
      assertThat(List.of(first.answer(), second.answer())).containsExactly("open", "open");
      for (int race = 1; race <= RACES; race++) {
        VersionRef target = SampleShop.ref("1." + race);
        site.library().publish(SampleShop.version(target.version().text()), "vendor");
        raceOnce(storage, first, second, target);
        assertThat(storage.apps().find(APP).map(AppState::version)).contains(target);
        assertThat(storage.apps().find(APP).map(AppState::generation)).contains(race + 1L);
      }
      SiteInvariants.of(storage, backend).check(APP, RACES + " races");
      System.out.println(
          RACES + " races, " + firstWon + " won by the first, all others by the second");
    }
  }

  private void raceOnce(Storage storage, NodeProcess first, NodeProcess second, VersionRef target) {
    List<NodeProcess> both = List.of(first, second);
    both.forEach(node -> node.tell(target.toString()));
    both.forEach(node -> assertThat(node.answer()).isEqualTo("planned"));
    both.forEach(node -> node.tell("execute"));
    String one = first.answer();
    String other = second.answer();
    boolean firstWins = one.equals("working");
    Lease lease = storage.leases().find(APP).orElseThrow();

    assertThat(lease.holder()).isEqualTo(firstWins ? "first" : "second");
    assertThat(List.of(one, other))
        .containsExactlyInAnyOrder("working", "held " + lease.holder() + " " + lease.acquiredAt());
    NodeProcess winner = firstWins ? first : second;
    winner.tell("go on");
    String[] words = winner.answer().split(" ", -1);
    OperationRecord record =
        storage.records().find(new RecordId(words[1])).orElseThrow().record();
    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.to()).contains(target);
    firstWon += firstWins ? 1 : 0;
  }
}
