// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.JournalStore;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.arbitraries.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link JournalStore} promises. */
public abstract class JournalStoreContract extends StorageFixture {

  private static final RecordId R1 = new RecordId("r1");

  /** Makes a test of the contract. */
  protected JournalStoreContract() {}

  private JournalStore journals() {
    return storage.journals();
  }

  private static JournalEntry entry(RecordId record, long sequence) {
    return entry(record, sequence, "");
  }

  private static JournalEntry entry(RecordId record, long sequence, String message) {
    return new JournalEntry(
        record,
        sequence,
        Phase.INTENT,
        StepId.of(record, 0),
        StepAction.SHARED,
        null,
        message,
        List.of(),
        Instant.EPOCH);
  }

  /** The lease of an app with an operation {@code r1}. */
  private Lease leaseWithRecord() {
    Lease lease = lease(APP);
    created(lease, "r1");
    return lease;
  }

  @Test
  final void read_ofOperationWithoutJournal_isEmpty() {
    leaseWithRecord();

    assertThat(journals().read(R1)).isEmpty();
    assertThat(journals().read(new RecordId("unknown"))).isEmpty();
  }

  @Test
  final void append_ofAnyEntries_keepsEveryPartInOrder() {
    Lease lease = leaseWithRecord();
    List<JournalEntry> written = new ArrayList<>();
    for (int seed = 0; seed < SAMPLES; seed += 2) {
      List<JournalEntry> two = List.of(sample(seed), sample(seed + 1));
      append(storage, lease, two);
      written.addAll(two);
    }

    assertThat(journals().read(R1)).isEqualTo(written);
  }

  private static JournalEntry sample(int seed) {
    JournalEntry any = Samples.journalEntry(seed);
    return new JournalEntry(
        R1,
        seed + 1L,
        any.phase(),
        any.step(),
        any.action(),
        any.component(),
        any.message(),
        any.evidence(),
        any.at());
  }

  @Test
  final void append_toTwoJournals_keepsThemApart() {
    Lease lease = leaseWithRecord();
    RecordId other = created(lease, "r2").id();
    append(storage, lease, List.of(entry(R1, 1), entry(R1, 2)));
    append(storage, lease, List.of(entry(other, 1)));

    assertThat(journals().read(R1)).containsExactly(entry(R1, 1), entry(R1, 2));
    assertThat(journals().read(other)).containsExactly(entry(other, 1));
  }

  @Test
  final void append_ofEntryThatIsThere_isStaleAndWritesNothing() {
    Lease lease = leaseWithRecord();
    append(storage, lease, List.of(entry(R1, 1)));

    assertThatThrownBy(() -> append(storage, lease, List.of(entry(R1, 1, "again"), entry(R1, 2))))
        .isInstanceOf(StaleStateException.class);
    assertThat(journals().read(R1)).containsExactly(entry(R1, 1));
  }

  @Test
  final void append_pastANextEntry_isStaleAndWritesNothing() {
    Lease lease = leaseWithRecord();

    assertThatThrownBy(() -> append(storage, lease, List.of(entry(R1, 2))))
        .isInstanceOf(StaleStateException.class);
    assertThat(journals().read(R1)).isEmpty();
  }

  @Test
  final void append_ofEntriesWithAGap_isRefusedAndWritesNothing() {
    Lease lease = leaseWithRecord();

    assertThatThrownBy(() -> append(storage, lease, List.of(entry(R1, 1), entry(R1, 3))))
        .isInstanceOfAny(IllegalArgumentException.class, StaleStateException.class);
    assertThat(journals().read(R1)).isEmpty();
  }

  @Test
  final void append_withoutTheLease_isFencedOffAndWritesNothing() {
    Lease lost = leaseWithRecord();
    storage.leases().release(lost);

    assertThatThrownBy(() -> append(storage, lost, List.of(entry(R1, 1))))
        .isInstanceOf(FencedOffException.class);
    lease(APP);
    assertThatThrownBy(() -> append(storage, lost, List.of(entry(R1, 1))))
        .isInstanceOf(FencedOffException.class);
    assertThat(journals().read(R1)).isEmpty();
  }

  @Test
  final void append_byTheNextHolder_goesOnWhereTheOtherStopped() {
    Lease first = leaseWithRecord();
    append(storage, first, List.of(entry(R1, 1)));
    storage.leases().release(first);

    append(storage, lease(APP), List.of(entry(R1, 2)));

    assertThat(journals().read(R1)).containsExactly(entry(R1, 1), entry(R1, 2));
  }

  @Test
  final void append_byManyAtOnce_isGrantedToOneAnEntry() {
    Lease lease = leaseWithRecord();
    List<Storage> handles = handlesForRace();

    for (int sequence = 1; sequence <= 5; sequence++) {
      int next = sequence;
      Race.Outcome<Boolean> winner = onlyWinner(
          Race.runAll(
              i -> append(handles.get(i), lease, List.of(entry(R1, next, "by runner " + i)))),
          StaleStateException.class);

      assertThat(journals().read(R1))
          .hasSize(next)
          .last()
          .isEqualTo(entry(R1, next, "by runner " + winner.runner()));
    }
  }

  @Test
  final void journals_afterReopening_areStillThere() {
    if (!survivesReopen()) {
      return;
    }
    Lease lease = leaseWithRecord();
    append(storage, lease, List.of(entry(R1, 1), entry(R1, 2)));
    storage.close();
    storage = anotherHandle();
    append(storage, lease, List.of(entry(R1, 3)));

    assertThat(journals().read(R1)).containsExactly(entry(R1, 1), entry(R1, 2), entry(R1, 3));
  }

  @Test
  final void anything_afterClose_isRefused() {
    Lease lease = leaseWithRecord();
    storage.close();
    storage.close();

    assertThatThrownBy(() -> journals().read(R1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> append(storage, lease, List.of(entry(R1, 1))))
        .isInstanceOf(IllegalStateException.class);
  }
}
