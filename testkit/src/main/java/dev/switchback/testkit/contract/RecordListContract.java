// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.StoredOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a {@link RecordStore} promises of its lists. */
public abstract class RecordListContract extends StorageFixture {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  /** Makes a test of the contract. */
  protected RecordListContract() {}

  final RecordStore records() {
    return storage.records();
  }

  static OperationRecord with(OperationRecord record, RecordStatus status) {
    return record.toBuilder().status(status).build();
  }

  static List<String> ids(List<OperationRecord> records) {
    return records.stream().map(record -> record.id().value()).toList();
  }

  final List<String> listed(RecordQuery query, int limit) {
    return ids(all(page -> records().list(query, page), limit));
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
    queries.put(RecordQuery.all().ofKind(Set.of()).ofKind(kinds), it -> false);
    queries.put(
        RecordQuery.all().withStatus(Set.of(RecordStatus.FAILED)).unfinished().withStatus(statuses),
        it -> false);
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
}
