// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import dev.switchback.testkit.arbitraries.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a {@link RecordStore} promises. */
public abstract class RecordStoreContract extends StorageFixture {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  /** Makes a test of the contract. */
  protected RecordStoreContract() {}

  private RecordStore records() {
    return storage.records();
  }

  private static OperationRecord with(OperationRecord record, RecordStatus status) {
    return record.toBuilder().status(status).build();
  }

  private static List<String> ids(List<OperationRecord> records) {
    return records.stream().map(record -> record.id().value()).toList();
  }

  private List<String> listed(RecordQuery query, int limit) {
    return ids(all(page -> records().list(query, page), limit));
  }

  @Test
  final void create_ofAnyRecord_keepsEveryPart() {
    Lease lease = lease(APP);
    for (int seed = 0; seed < SAMPLES; seed++) {
      OperationRecord record = Samples.operationRecord(seed).toBuilder()
          .app(APP)
          .id(new RecordId("sample " + seed))
          .build();
      StoredOperation operation = new StoredOperation(
          record, Samples.appState(seed).toBuilder().app(APP).build());
      create(storage, lease, operation);

      assertThat(records().find(record.id())).as("sample %s", seed).contains(operation);
      assertThat(records().list(RecordQuery.all(), PageRequest.first(1)).items())
          .as("sample %s", seed)
          .containsExactly(record);
    }
  }

  @Test
  final void find_ofUnknownRecord_isEmpty() {
    created(lease(APP), "r1");

    assertThat(records().find(new RecordId("r2"))).isEmpty();
  }

  @Test
  final void create_ofRecordThatIsThere_isStaleAndWritesNothing() {
    Lease lease = lease(APP);
    OperationRecord record = created(lease, "r1");
    StoredOperation again = new StoredOperation(with(record, RecordStatus.RUNNING), state(APP, 2));

    assertThatThrownBy(() -> create(storage, lease, again)).isInstanceOf(StaleStateException.class);
    assertThat(records().find(record.id())).contains(new StoredOperation(record, state(APP, 1)));
  }

  @Test
  final void create_ofIdThatAnotherAppHas_isStaleAndWritesNothing() {
    OperationRecord record = created(lease(APP), "r1");
    Lease other = lease(OTHER_APP);

    assertThatThrownBy(() -> created(other, "r1")).isInstanceOf(StaleStateException.class);
    assertThat(records().find(record.id()).orElseThrow().record()).isEqualTo(record);
    assertThat(listed(RecordQuery.ofApp(OTHER_APP), 10)).isEmpty();
  }

  @Test
  final void create_withoutTheLease_isFencedOffAndWritesNothing() {
    Lease released = releasedLease(APP);
    assertThatThrownBy(() -> created(released, "r1")).isInstanceOf(FencedOffException.class);

    Lease lost = lostLease(APP);
    assertThatThrownBy(() -> created(lost, "r1")).isInstanceOf(FencedOffException.class);

    assertThat(records().find(new RecordId("r1"))).isEmpty();
  }

  @Test
  final void create_underLeaseOfAnotherApp_isRefusedAndWritesNothing() {
    Lease other = lease(OTHER_APP);
    StoredOperation operation = new StoredOperation(record(APP, "r1"), state(APP, 1));

    assertThatThrownBy(() -> create(storage, other, operation))
        .isInstanceOfAny(IllegalArgumentException.class, FencedOffException.class);
    assertThat(records().find(new RecordId("r1"))).isEmpty();
  }

  @Test
  final void swap_ofWhatIsStored_replacesTheRecordAndKeepsTheState() {
    Lease lease = lease(APP);
    OperationRecord record = created(lease, "r1");
    OperationRecord next =
        Samples.operationRecord(7).toBuilder().app(APP).id(record.id()).build();

    change(storage, lease, record, next);

    assertThat(records().find(record.id())).contains(new StoredOperation(next, state(APP, 1)));
  }

  @Test
  final void swap_ofWhatIsNoLongerStored_isStaleAndWritesNothing() {
    Lease lease = lease(APP);
    OperationRecord record = created(lease, "r1");
    OperationRecord running = with(record, RecordStatus.RUNNING);
    change(storage, lease, record, running);

    assertThatThrownBy(() -> change(storage, lease, record, with(record, RecordStatus.FAILED)))
        .isInstanceOf(StaleStateException.class);
    assertThat(records().find(record.id()).orElseThrow().record()).isEqualTo(running);
  }

  @Test
  final void swap_ofWhatDiffersInOneField_isStaleAndWritesNothing() {
    Lease lease = lease(APP);
    OperationRecord record = created(lease, "r1");
    OperationRecord other = record.toBuilder().message("something else").build();

    assertThatThrownBy(() -> change(storage, lease, other, with(other, RecordStatus.RUNNING)))
        .isInstanceOf(StaleStateException.class);
    assertThat(records().find(record.id()).orElseThrow().record()).isEqualTo(record);
  }

  @Test
  final void swap_ofUnknownRecord_isStaleAndWritesNothing() {
    Lease lease = lease(APP);
    OperationRecord record = record(APP, "r1");

    assertThatThrownBy(() -> change(storage, lease, record, with(record, RecordStatus.RUNNING)))
        .isInstanceOf(StaleStateException.class);
    assertThat(records().find(record.id())).isEmpty();
  }

  @Test
  final void swap_withoutTheLease_isFencedOffAndWritesNothing() {
    Lease lost = storage.leases().acquire(APP, "node", LONG);
    OperationRecord record = created(lost, "r1");
    storage.leases().release(lost);

    assertThatThrownBy(() -> change(storage, lost, record, with(record, RecordStatus.RUNNING)))
        .isInstanceOf(FencedOffException.class);
    lease(APP);
    assertThatThrownBy(() -> change(storage, lost, record, with(record, RecordStatus.RUNNING)))
        .isInstanceOf(FencedOffException.class);
    assertThat(records().find(record.id()).orElseThrow().record()).isEqualTo(record);
  }

  @Test
  final void list_isTheLatestCreatedFirstWhateverTheTimesSay() {
    Lease lease = lease(APP);
    for (int i = 0; i < 5; i++) {
      OperationRecord record = record(APP, "r" + (i * 7 % 5)).toBuilder()
          .startedAt(Instant.EPOCH.minusSeconds(i))
          .build();
      create(storage, lease, new StoredOperation(record, state(APP, 1)));
    }

    for (int limit = 1; limit <= 6; limit++) {
      assertThat(listed(RecordQuery.all(), limit)).containsExactly("r3", "r1", "r4", "r2", "r0");
    }
  }

  @Test
  final void list_afterSwaps_keepsItsOrder() {
    Lease lease = lease(APP);
    OperationRecord first = created(lease, "r1");
    created(lease, "r2");
    change(storage, lease, first, with(first, RecordStatus.SUCCEEDED));

    assertThat(listed(RecordQuery.all(), 10)).containsExactly("r2", "r1");
  }

  @Test
  final void list_byAppAndStatus_holdsOnlyThose() {
    Lease lease = lease(APP);
    Lease other = lease(OTHER_APP);
    for (RecordStatus status : RecordStatus.values()) {
      for (Lease each : List.of(lease, other)) {
        OperationRecord record = with(record(each.app(), each.app() + " " + status), status);
        create(storage, each, new StoredOperation(record, state(each.app(), 1)));
      }
    }

    assertThat(listed(RecordQuery.all(), 5)).hasSize(2 * RecordStatus.values().length);
    assertThat(listed(RecordQuery.ofApp(APP), 5))
        .hasSize(RecordStatus.values().length)
        .allMatch(id -> id.startsWith("shop "));
    assertThat(listed(RecordQuery.ofApp(APP).unfinished(), 1))
        .containsExactly("shop ROLLING_BACK", "shop PAUSED", "shop RUNNING", "shop PLANNED");
    assertThat(listed(RecordQuery.all().unfinished(), 4)).hasSize(8);
    assertThat(listed(RecordQuery.ofApp(new AppId("unknown")), 5)).isEmpty();
  }

  @Test
  final void list_byKindStatusAndStart_holdsOnlyThose() {
    Lease lease = lease(APP);
    List<OperationRecord> records = new ArrayList<>();
    for (OperationKind kind : OperationKind.values()) {
      for (RecordStatus status : RecordStatus.values()) {
        OperationRecord record = OperationRecord.builder(
                new RecordId(kind + " " + status), APP, kind)
            .status(status)
            .startedAt(NOON.plusNanos(records.size()))
            .build();
        create(storage, lease, new StoredOperation(record, state(APP, 1)));
        records.add(0, record);
      }
    }
    Instant from = records.get(40).startedAt();
    Instant before = records.get(10).startedAt();
    Set<OperationKind> kinds = EnumSet.of(OperationKind.EDIT, OperationKind.ROLLBACK);
    Set<RecordStatus> statuses = EnumSet.of(RecordStatus.FAILED, RecordStatus.RUNNING);
    Map<RecordQuery, Predicate<OperationRecord>> queries = new LinkedHashMap<>();
    queries.put(RecordQuery.all().ofKind(kinds), it -> kinds.contains(it.kind()));
    queries.put(RecordQuery.all().withStatus(statuses), it -> statuses.contains(it.status()));
    queries.put(RecordQuery.all().startedFrom(from), it -> !it.startedAt().isBefore(from));
    queries.put(RecordQuery.all().startedBefore(before), it -> it.startedAt().isBefore(before));
    queries.put(RecordQuery.ofApp(APP).ofKind(Set.of()), it -> false);
    queries.put(
        RecordQuery.ofApp(APP).withStatus(statuses).unfinished(),
        it -> it.status() == RecordStatus.RUNNING);
    queries.put(
        RecordQuery.ofApp(APP)
            .ofKind(kinds)
            .withStatus(statuses)
            .startedFrom(from)
            .startedBefore(before),
        it -> kinds.contains(it.kind())
            && statuses.contains(it.status())
            && !it.startedAt().isBefore(from)
            && it.startedAt().isBefore(before));

    queries.forEach((query, chosen) -> {
      for (int limit : List.of(1, 3, 100)) {
        assertThat(all(page -> records().list(query, page), limit))
            .isEqualTo(records.stream().filter(chosen).toList());
      }
    });
  }

  @Test
  final void list_byStatusAfterAChange_holdsWhatItIsNow() {
    Lease lease = lease(APP);
    OperationRecord record = created(lease, "r1");
    OperationRecord next =
        record.toBuilder().status(RecordStatus.FAILED).startedAt(NOON).build();
    change(storage, lease, record, next);

    assertThat(listed(RecordQuery.all().withStatus(Set.of(RecordStatus.FAILED)), 1))
        .containsExactly("r1");
    assertThat(listed(RecordQuery.all().withStatus(Set.of(record.status())), 1)).isEmpty();
    assertThat(listed(RecordQuery.all().startedFrom(NOON), 1)).containsExactly("r1");
  }

  @Test
  final void list_byStatusWhileRecordsComeAndChange_neverRepeatsOrMissesOne() {
    Lease lease = lease(APP);
    Lease other = lease(OTHER_APP);
    List<OperationRecord> records = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      records.add(created(i % 2 == 0 ? lease : other, "r" + i));
    }

    RecordQuery query = RecordQuery.all().withStatus(Set.of(RecordStatus.PLANNED));
    PageRequest request = PageRequest.first(2);
    Page<OperationRecord> first = records().list(query, request);
    created(lease, "r7");
    change(storage, lease, records.get(3), with(records.get(3), RecordStatus.RUNNING));
    Page<OperationRecord> second = records().list(query, request.after(first));
    change(storage, lease, records.get(5), with(records.get(5), RecordStatus.RUNNING));
    Page<OperationRecord> third = records().list(query, request.after(second));

    assertThat(ids(first.items())).containsExactly("r6", "r5");
    assertThat(ids(second.items())).containsExactly("r3", "r2");
    assertThat(ids(third.items())).containsExactly("r1");
    assertThat(third.hasNext()).isFalse();
  }

  @Test
  final void list_whileRecordsAreCreatedAndFinished_neverRepeatsOrMissesOne() {
    Lease lease = lease(APP);
    List<OperationRecord> records = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      records.add(created(lease, "r" + i));
    }

    RecordQuery query = RecordQuery.ofApp(APP).unfinished();
    PageRequest request = PageRequest.first(2);
    Page<OperationRecord> first = records().list(query, request);
    created(lease, "r7");
    change(storage, lease, records.get(5), with(records.get(5), RecordStatus.SUCCEEDED));
    change(storage, lease, records.get(4), with(records.get(4), RecordStatus.SUCCEEDED));
    Page<OperationRecord> second = records().list(query, request.after(first));
    created(lease, "r8");
    change(storage, lease, records.get(2), with(records.get(2), RecordStatus.SUCCEEDED));
    Page<OperationRecord> third = records().list(query, request.after(second));

    assertThat(ids(first.items())).containsExactly("r6", "r5");
    assertThat(ids(second.items())).containsExactly("r4", "r3");
    assertThat(ids(third.items())).containsExactly("r2", "r1");
    assertThat(third.hasNext()).isFalse();
  }

  @Test
  final void create_byManyAtOnce_isGrantedToOne() {
    Lease lease = lease(APP);
    List<Storage> handles = handlesForRace();

    Race.Outcome<Boolean> winner = onlyWinner(
        Race.runAll(i -> create(
            handles.get(i),
            lease,
            new StoredOperation(
                record(APP, "r1").toBuilder().actor("runner " + i).build(), state(APP, 1)))),
        StaleStateException.class);

    assertThat(records().find(new RecordId("r1")).orElseThrow().record().actor())
        .isEqualTo("runner " + winner.runner());
  }

  @Test
  final void swap_byManyAtOnce_isGrantedToOne() {
    Lease lease = lease(APP);
    OperationRecord record = created(lease, "r1");
    List<Storage> handles = handlesForRace();

    Race.Outcome<Boolean> winner = onlyWinner(
        Race.runAll(i -> change(
            handles.get(i),
            lease,
            record,
            record.toBuilder().message("by runner " + i).build())),
        StaleStateException.class);

    assertThat(records().find(record.id()).orElseThrow().record().message())
        .isEqualTo("by runner " + winner.runner());
  }

  @Test
  final void create_ofDifferentRecordsAtOnce_keepsThemAll() {
    Lease lease = lease(APP);
    List<Storage> handles = handlesForRace();

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(i ->
        create(handles.get(i), lease, new StoredOperation(record(APP, "r" + i), state(APP, 1))));

    assertThat(outcomes).allMatch(Race.Outcome::succeeded);
    assertThat(listed(RecordQuery.all(), 3)).hasSize(Race.RUNNERS).doesNotHaveDuplicates();
  }

  @Test
  final void records_afterReopening_areStillThereInOrder() {
    if (!survivesReopen()) {
      return;
    }
    Lease lease = lease(APP);
    created(lease, "r2");
    created(lease, "r1");
    storage.close();
    storage = anotherHandle();
    created(lease, "r3");

    assertThat(listed(RecordQuery.all(), 10)).containsExactly("r3", "r1", "r2");
  }

  @Test
  final void anything_afterClose_isRefused() {
    Lease lease = lease(APP);
    storage.close();
    storage.close();

    assertThatThrownBy(() -> records().find(new RecordId("r1")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> created(lease, "r1")).isInstanceOf(IllegalStateException.class);
  }
}
