// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.app.Lease;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.LeaseStore;
import dev.switchback.storage.Storage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link LeaseStore} promises. */
public abstract class LeaseStoreContract extends StorageFixture {

  private static final Duration BRIEF = Duration.ofMillis(20);

  /** A race is won by chance; a store without a lock seldom wins so many. */
  private static final int ROUNDS = 30;

  /** Makes a test of the contract. */
  protected LeaseStoreContract() {}

  private LeaseStore leases() {
    return storage.leases();
  }

  @Test
  final void acquire_ofFreeApp_isGrantedForTheDuration() {
    Lease lease = leases().acquire(APP, "node 1 — 节点", LONG);

    assertThat(lease.app()).isEqualTo(APP);
    assertThat(lease.holder()).isEqualTo("node 1 — 节点");
    assertThat(Duration.between(lease.acquiredAt(), lease.expiresAt())).isEqualTo(LONG);
    assertThat(leases().find(APP)).contains(lease);
  }

  @Test
  final void acquire_ofHeldApp_isRefusedWithTheHolderAndChangesNothing() {
    Lease lease = leases().acquire(APP, "first", LONG);

    assertThatThrownBy(() -> leases().acquire(APP, "second", LONG))
        .isInstanceOfSatisfying(LeaseHeldException.class, e -> {
          assertThat(e.current()).isEqualTo(lease);
          assertThat(e.mayRetry()).isTrue();
        });
    assertThat(leases().find(APP)).contains(lease);
  }

  @Test
  final void acquire_bySameHolder_isRefusedToo() {
    leases().acquire(APP, "same", LONG);

    assertThatThrownBy(() -> leases().acquire(APP, "same", LONG))
        .isInstanceOf(LeaseHeldException.class);
  }

  @Test
  final void acquire_forADurationThatIsNone_isRefusedAndWritesNothing() {
    Lease other = leases().acquire(OTHER_APP, "node", LeaseStore.LONGEST);

    for (Duration none : List.of(
        Duration.ZERO,
        Duration.ofNanos(-1),
        LeaseStore.LONGEST.plusNanos(1),
        Duration.ofMillis(Long.MAX_VALUE),
        Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatThrownBy(() -> leases().acquire(APP, "node", none))
          .as("acquire for %s", none)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> leases().renew(other, none))
          .as("renew for %s", none)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(leases().find(APP)).isEmpty();
    assertThat(leases().find(OTHER_APP)).contains(other);
  }

  @Test
  final void acquire_byAHolderThatIsNoName_isRefused() {
    leases().acquire(OTHER_APP, "node", LONG);

    for (String none : List.of("", " ", "a\nb", "x".repeat(201))) {
      assertThatThrownBy(() -> leases().acquire(APP, none, LONG))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> leases().acquire(OTHER_APP, none, LONG))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(leases().find(APP)).isEmpty();
  }

  @Test
  final void acquire_forTheShortestDuration_endsLaterThanItBegan() {
    Lease lease = leases().acquire(APP, "node", Duration.ofNanos(1));

    assertThat(lease.expiresAt()).isAfter(lease.acquiredAt());
  }

  @Test
  final void acquire_ofTwoApps_areIndependent() {
    Lease lease = leases().acquire(APP, "first", LONG);
    Lease other = leases().acquire(OTHER_APP, "second", LONG);

    assertThat(leases().find(APP)).contains(lease);
    assertThat(leases().find(OTHER_APP)).contains(other);
  }

  @Test
  final void acquire_afterRelease_hasGreaterFence() {
    Lease first = leases().acquire(APP, "node", LONG);
    leases().release(first);
    Lease second = leases().acquire(APP, "node", LONG);
    leases().release(second);
    Lease third = leases().acquire(APP, "node", LONG);

    assertThat(List.of(first.fence(), second.fence(), third.fence()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  final void acquire_afterExpiry_passesTheLeaseOnWithGreaterFence() {
    Lease first = leases().acquire(APP, "dead node", BRIEF);
    letPass(BRIEF);

    Lease second = leases().acquire(APP, "live node", LONG);

    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(second.acquiredAt()).isAfterOrEqualTo(first.expiresAt());
    assertThat(leases().find(APP)).contains(second);
  }

  @Test
  final void find_ofExpiredLease_stillTellsWhoHadIt() {
    Lease lease = expiredLease(APP);

    assertThat(leases().find(APP)).contains(lease);
  }

  @Test
  final void find_ofFreeApp_isEmpty() {
    assertThat(leases().find(APP)).isEmpty();

    releasedLease(APP);
    assertThat(leases().find(APP)).isEmpty();
  }

  @Test
  final void renew_ofHeldLease_movesItsEnd() {
    Lease lease = leases().acquire(APP, "node", LONG);

    Lease renewed = leases().renew(lease, LONG.multipliedBy(2));

    assertThat(renewed.expiresAt()).isAfterOrEqualTo(lease.acquiredAt().plus(LONG.multipliedBy(2)));
    assertThat(renewed.fence()).isEqualTo(lease.fence());
    assertThat(renewed.holder()).isEqualTo(lease.holder());
    assertThat(renewed.acquiredAt()).isEqualTo(lease.acquiredAt());
    assertThat(leases().find(APP)).contains(renewed);
  }

  @Test
  final void renew_withLeaseFromBeforeARenewal_isGranted() {
    Lease lease = leases().acquire(APP, "node", LONG);
    leases().renew(lease, LONG);

    assertThat(leases().renew(lease, LONG).fence()).isEqualTo(lease.fence());
  }

  @Test
  final void renew_ofExpiredLeaseThatNobodyTook_isGranted() {
    Lease lease = expiredLease(APP);

    Lease renewed = leases().renew(lease, LONG);

    assertThat(renewed.fence()).isEqualTo(lease.fence());
    assertThatThrownBy(() -> leases().acquire(APP, "other", LONG))
        .isInstanceOf(LeaseHeldException.class);
  }

  @Test
  final void renew_ofReleasedLease_isFencedOff() {
    Lease lease = releasedLease(APP);

    assertThatThrownBy(() -> leases().renew(lease, LONG))
        .isInstanceOfSatisfying(
            FencedOffException.class, e -> assertThat(e.lease().fence()).isEqualTo(lease.fence()));
    assertThat(leases().find(APP)).isEmpty();
  }

  @Test
  final void renew_ofLeaseThatPassedOn_isFencedOffAndChangesNothing() {
    Lease lost = lostLease(APP);
    Lease current = leases().find(APP).orElseThrow();

    assertThatThrownBy(() -> leases().renew(lost, LONG)).isInstanceOf(FencedOffException.class);
    assertThat(leases().find(APP)).contains(current);
  }

  @Test
  final void release_twice_isHarmless() {
    Lease lease = releasedLease(APP);

    leases().release(lease);
    assertThat(leases().find(APP)).isEmpty();
  }

  @Test
  final void release_ofLeaseThatPassedOn_leavesTheNewOne() {
    Lease lost = lostLease(APP);
    Lease current = leases().find(APP).orElseThrow();

    leases().release(lost);

    assertThat(leases().find(APP)).contains(current);
  }

  @Test
  final void release_ofEarlierLeaseBySameHolder_leavesTheNewOne() {
    Lease first = releasedLease(APP);
    Lease second = lease(APP);

    leases().release(first);

    assertThat(leases().find(APP)).contains(second);
  }

  @Test
  final void acquire_byManyAtOnce_isGrantedToOne() {
    List<Storage> handles = handlesForRace();
    for (int round = 0; round < ROUNDS; round++) {
      Race.Outcome<Lease> winner = onlyWinner(
          Race.run(i -> handles.get(i).leases().acquire(APP, "runner " + i, LONG)),
          LeaseHeldException.class);

      Lease current = leases().find(APP).orElseThrow();
      assertThat(current).isEqualTo(winner.value());
      assertThat(current.holder()).isEqualTo("runner " + winner.runner());
      leases().release(current);
    }
  }

  @Test
  final void acquire_ofExpiredLeaseByManyAtOnce_isGrantedToOne() {
    Lease expired = expiredLease(APP);
    List<Storage> handles = handlesForRace();

    Race.Outcome<Lease> winner = onlyWinner(
        Race.run(i -> handles.get(i).leases().acquire(APP, "runner " + i, LONG)),
        LeaseHeldException.class);

    Lease current = leases().find(APP).orElseThrow();
    assertThat(current.holder()).isEqualTo("runner " + winner.runner());
    assertThat(current.fence()).isGreaterThan(expired.fence());
  }

  @Test
  final void leases_afterReopening_stillHoldAndFencesGoOn() {
    if (!survivesReopen()) {
      return;
    }
    Lease held = lease(APP);
    Lease released = releasedLease(OTHER_APP);
    storage.close();
    storage = anotherHandle();

    assertThat(leases().find(APP)).contains(held);
    assertThat(lease(OTHER_APP).fence()).isGreaterThan(released.fence());
  }

  @Test
  final void anything_afterClose_isRefused() {
    Lease lease = lease(APP);
    storage.close();
    storage.close();

    assertThatThrownBy(() -> leases().find(APP)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> leases().acquire(OTHER_APP, "node", LONG))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> leases().renew(lease, LONG)).isInstanceOf(IllegalStateException.class);
  }
}
