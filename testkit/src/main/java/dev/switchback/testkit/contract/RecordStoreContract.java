// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import dev.switchback.testkit.arbitraries.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link RecordStore} promises. */
public abstract class RecordStoreContract extends RecordListContract {

  /** Makes a test of the contract. */
  protected RecordStoreContract() {}

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
