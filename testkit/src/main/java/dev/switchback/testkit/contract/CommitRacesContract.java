// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Image;
import dev.switchback.storage.Commit;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.StoredOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What {@link Storage#commit} promises to several who write or read at once. */
public abstract class CommitRacesContract extends StorageFixture {

  static final ComponentKey WEB = new ComponentKey("web");
  static final PageRequest ALL = PageRequest.first(100);

  /** Makes a test of the contract. */
  protected CommitRacesContract() {}

  static OperationRecord running(RecordId id) {
    return record(APP, id.value()).toBuilder().status(RecordStatus.RUNNING).build();
  }

  static OperationRecord closed(RecordId id) {
    return record(APP, id.value()).toBuilder().status(RecordStatus.SUCCEEDED).build();
  }

  static JournalEntry entry(RecordId record, long sequence) {
    return new JournalEntry(
        record,
        sequence,
        Phase.INTENT,
        StepId.of(record, 0),
        StepAction.BUILD,
        WEB,
        "",
        List.of(),
        Instant.EPOCH);
  }

  static Build build(long sequence) {
    return new Build(
        APP,
        WEB,
        "b" + sequence,
        sequence,
        Build.Status.SUCCESS,
        Image.of("nginx:" + sequence),
        "",
        Instant.EPOCH);
  }

  static StoredOperation operation(RecordId id) {
    return new StoredOperation(running(id), state(APP, 3));
  }

  @Test
  final void commit_byManyAtOnceThatReleases_isGrantedToOne() {
    List<Storage> handles = handlesForRace();
    for (int round = 1; round <= 5; round++) {
      Lease lease = lease(APP);
      long generation = round;
      Race.Outcome<Boolean> winner = onlyWinner(
          Race.runAll(i -> handles
              .get(i)
              .commit(
                  lease,
                  Commit.of(APP)
                      .begin(operation(new RecordId(generation + " by " + i)))
                      .state(state(APP, generation))
                      .builds(List.of(build(generation)))
                      .release()
                      .build())),
          FencedOffException.class);

      assertThat(storage.records().list(RecordQuery.ofApp(APP), ALL).items())
          .hasSize(round)
          .first()
          .extracting(OperationRecord::id)
          .isEqualTo(new RecordId(generation + " by " + winner.runner()));
      assertThat(storage.apps().find(APP)).contains(state(APP, generation));
    }
  }

  @Test
  final void commit_ofManyAppsAtOnce_disturbsNobody() {
    List<Storage> handles = handlesForRace();

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(i -> {
      AppId app = new AppId("app-" + i);
      for (int generation = 1; generation <= 5; generation++) {
        Lease lease = handles.get(i).leases().acquire(app, "runner " + i, LONG);
        OperationRecord record = record(app, app + " " + generation);
        handles
            .get(i)
            .commit(
                lease,
                Commit.of(app)
                    .begin(new StoredOperation(record, state(app, generation)))
                    .journal(List.of(entry(record.id(), 1)))
                    .state(state(app, generation))
                    .release()
                    .build());
      }
    });

    assertThat(outcomes).as("%s", outcomes).allMatch(Race.Outcome::succeeded);
    assertThat(storage.apps().list(ALL).items())
        .extracting(AppState::generation)
        .containsOnly(5L)
        .hasSize(Race.RUNNERS);
  }

  @Test
  final void commit_seenByAnother_isThereWhole() {
    Lease lease = lease(APP);
    List<Storage> handles = handlesForRace();
    AtomicBoolean over = new AtomicBoolean();

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(i -> {
      if (i == 0) {
        writeGenerations(handles.get(i), lease, 30);
        over.set(true);
      }
      while (!over.get()) {
        long seen = handles.get(i).apps().find(APP).map(AppState::generation).orElse(0L);
        if (seen > 0) {
          RecordId id = new RecordId("r" + seen);
          assertThat(handles.get(i).records().find(id).orElseThrow().record())
              .isEqualTo(closed(id));
          assertThat(handles.get(i).journals().read(id)).hasSize(2);
        }
      }
    });

    assertThat(outcomes).as("%s", outcomes).allMatch(Race.Outcome::succeeded);
  }

  @Test
  final void commit_byInterruptedThreads_isDoneOrRefusedAndDisturbsNobody() {
    List<Storage> handles = handlesForRace();
    List<Lease> leases = new ArrayList<>();
    for (int i = 0; i < Race.RUNNERS; i++) {
      leases.add(lease(new AppId("app-" + i)));
    }

    List<Race.Outcome<Boolean>> outcomes = Race.run(i -> {
      Thread.currentThread().interrupt();
      swap(handles.get(i), leases.get(i), state(leases.get(i).app(), 1));
      return Thread.interrupted();
    });

    for (Race.Outcome<Boolean> outcome : outcomes) {
      AppId app = leases.get(outcome.runner()).app();
      if (outcome.succeeded()) {
        assertThat(outcome.value()).as("still interrupted").isTrue();
      } else {
        assertThat(outcome.failure()).isInstanceOf(StorageException.class);
      }
      assertThat(storage.apps().find(app).isPresent()).isEqualTo(outcome.succeeded());
    }
    assertThat(handles).allMatch(handle -> handle.apps().find(APP).isEmpty());
  }

  @Test
  final void close_whileOthersCommitAndRead_letsTheirCallsEnd() {
    Storage closing = survivesReopen() ? anotherHandle() : storage;
    Lease lease = lease(APP);
    AtomicLong written = new AtomicLong();

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(i -> {
      if (i == 0) {
        closeAfterReading(closing, 50);
        return;
      }
      while (true) {
        if (i == 1) {
          swap(closing, lease, state(APP, written.get() + 1));
          written.incrementAndGet();
        } else {
          closing.apps().list(ALL);
        }
      }
    });

    assertThat(outcomes.get(0).succeeded()).isTrue();
    assertThat(outcomes.subList(1, outcomes.size()))
        .extracting(Race.Outcome::failure)
        .hasOnlyElementsOfType(IllegalStateException.class);
    if (survivesReopen()) {
      assertThat(storage.apps().find(APP).map(AppState::generation).orElse(0L))
          .isEqualTo(written.get());
    }
  }

  private static void closeAfterReading(Storage storage, int times) {
    try {
      for (int i = 0; i < times; i++) {
        storage.apps().find(APP);
      }
    } finally {
      storage.close();
    }
  }

  private static void writeGenerations(Storage storage, Lease lease, int count) {
    for (int generation = 1; generation <= count; generation++) {
      RecordId id = new RecordId("r" + generation);
      storage.commit(
          lease,
          Commit.of(APP).begin(operation(id)).journal(List.of(entry(id, 1))).build());
      storage.commit(
          lease,
          Commit.of(APP)
              .journal(List.of(entry(id, 2)))
              .state(state(APP, generation))
              .record(running(id), closed(id))
              .build());
    }
  }
}
