// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.AppStore;
import dev.switchback.storage.Commit;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.arbitraries.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an {@link AppStore} promises. */
public abstract class AppStoreContract extends StorageFixture {

  /** Makes a test of the contract. */
  protected AppStoreContract() {}

  private AppStore apps() {
    return storage.apps();
  }

  private void swapAll(String... ids) {
    for (String id : ids) {
      AppId app = new AppId(id);
      long present = apps().find(app).map(AppState::generation).orElse(0L);
      Lease lease = lease(app);
      swap(storage, lease, state(app, present + 1));
      storage.leases().release(lease);
    }
  }

  private static List<String> ids(List<AppState> states) {
    return states.stream().map(state -> state.app() + " " + state.generation()).toList();
  }

  @Test
  final void find_ofUnknownApp_isEmpty() {
    swapAll("other");

    assertThat(apps().find(APP)).isEmpty();
    assertThat(apps().findRevision(APP, 1)).isEmpty();
  }

  @Test
  final void swap_ofAnyState_keepsEveryPart() {
    Lease lease = lease(APP);
    for (int seed = 0; seed < SAMPLES; seed++) {
      AppState state =
          Samples.appState(seed).toBuilder().app(APP).generation(seed + 1).build();
      swap(storage, lease, state);

      assertThat(apps().find(APP)).as("sample %s", seed).contains(state);
      assertThat(apps().findRevision(APP, seed + 1)).as("sample %s", seed).contains(state);
    }
  }

  @Test
  final void swap_ofLaterState_leavesTheOneBeforeAsARevision() {
    Lease lease = lease(APP);
    swap(storage, lease, state(APP, 1));
    swap(storage, lease, state(APP, 2));
    swap(storage, lease, state(APP, 3));

    assertThat(apps().find(APP)).contains(state(APP, 3));
    assertThat(apps().findRevision(APP, 1)).contains(state(APP, 1));
    assertThat(apps().findRevision(APP, 2)).contains(state(APP, 2));
    assertThat(apps().findRevision(APP, 4)).isEmpty();
  }

  @Test
  final void swap_ofGenerationThatIsThere_isStaleAndWritesNothing() {
    Lease lease = lease(APP);
    swap(storage, lease, state(APP, 1));

    assertThatThrownBy(() -> swap(storage, lease, marked(1)))
        .isInstanceOf(StaleStateException.class);
    assertThat(apps().find(APP)).contains(state(APP, 1));
  }

  @Test
  final void swap_pastANextGeneration_isStaleAndWritesNothing() {
    Lease lease = lease(APP);

    assertThatThrownBy(() -> swap(storage, lease, state(APP, 2)))
        .isInstanceOf(StaleStateException.class);
    assertThat(apps().find(APP)).isEmpty();
    swap(storage, lease, state(APP, 1));
    assertThatThrownBy(() -> swap(storage, lease, state(APP, 3)))
        .isInstanceOf(StaleStateException.class);
    assertThat(apps().findRevision(APP, 3)).isEmpty();
  }

  @Test
  final void swap_underReleasedLease_isFencedOffAndWritesNothing() {
    Lease lease = releasedLease(APP);

    assertThatThrownBy(() -> swap(storage, lease, state(APP, 1)))
        .isInstanceOf(FencedOffException.class);
    assertThat(apps().find(APP)).isEmpty();
  }

  @Test
  final void swap_underLeaseThatPassedOn_isFencedOffAndWritesNothing() {
    Lease lost = lostLease(APP);

    assertThatThrownBy(() -> swap(storage, lost, state(APP, 1)))
        .isInstanceOfSatisfying(
            FencedOffException.class, e -> assertThat(e.lease().fence()).isEqualTo(lost.fence()));
    assertThat(apps().find(APP)).isEmpty();
  }

  @Test
  final void swap_underExpiredLeaseThatNobodyTook_isWritten() {
    swap(storage, expiredLease(APP), state(APP, 1));

    assertThat(apps().find(APP)).contains(state(APP, 1));
  }

  @Test
  final void swap_underLeaseFromBeforeARenewal_isWritten() {
    Lease lease = lease(APP);
    storage.leases().renew(lease, LONG);

    swap(storage, lease, state(APP, 1));

    assertThat(apps().find(APP)).contains(state(APP, 1));
  }

  @Test
  final void swap_underLeaseOfAnotherApp_isRefusedAndWritesNothing() {
    Lease other = lease(OTHER_APP);

    assertThatThrownBy(() -> swap(storage, other, state(APP, 1)))
        .isInstanceOfAny(IllegalArgumentException.class, FencedOffException.class);
    assertThat(apps().find(APP)).isEmpty();
  }

  @Test
  final void list_isInOrderOfIdsWithTheLastStates() {
    swapAll("b", "B", "a-b", "a", "a.b", "a_b", "0", "b", "b");
    Lease lease = lease(new AppId("a"));
    swap(storage, lease, state(lease.app(), 2).toBuilder().installed(false).build());

    List<String> expected = List.of("0 1", "B 1", "a 2", "a-b 1", "a.b 1", "a_b 1", "b 3");
    for (int limit = 1; limit <= 8; limit++) {
      assertThat(ids(all(apps()::list, limit))).isEqualTo(expected);
    }
    assertThat(all(apps()::list, 100))
        .filteredOn(state -> !state.installed())
        .extracting(AppState::app)
        .containsExactly(new AppId("a"));
  }

  @Test
  final void list_whileAppsAreAdded_neverRepeatsOrMissesOne() {
    swapAll("b", "d", "f", "h");

    PageRequest request = PageRequest.first(2);
    Page<AppState> first = apps().list(request);
    swapAll("a", "c", "e", "b", "f");
    List<AppState> seen = new ArrayList<>(first.items());
    seen.addAll(apps().list(new PageRequest(100, first.next())).items());

    assertThat(ids(seen)).containsExactly("b 1", "d 1", "e 1", "f 2", "h 1");
  }

  @Test
  final void revisions_areThePresentStateFirstAndThoseThatAreKept() {
    for (int i = 0; i < 12; i++) {
      swapAll("shop", "other");
    }
    Lease lease = lease(APP);
    storage.commit(lease, Commit.of(APP).forgetRevisions(Set.of(2L, 11L)).build());

    for (int limit = 1; limit <= 12; limit++) {
      assertThat(all(page -> apps().revisions(APP, page), limit))
          .extracting(AppState::generation)
          .containsExactly(12L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 1L);
    }
    assertThat(apps().revisions(new AppId("unknown"), PageRequest.first(1)).items())
        .isEmpty();
  }

  @Test
  final void revisions_whileStatesComeAndGo_neverRepeatsOrMissesOne() {
    swapAll("shop", "shop", "shop", "shop", "shop");

    PageRequest request = PageRequest.first(2);
    Page<AppState> first = apps().revisions(APP, request);
    swapAll("shop");
    Lease lease = lease(APP);
    storage.commit(lease, Commit.of(APP).forgetRevisions(Set.of(2L, 4L)).build());
    Page<AppState> second = apps().revisions(APP, request.after(first));

    assertThat(ids(first.items())).containsExactly("shop 5", "shop 4");
    assertThat(ids(second.items())).containsExactly("shop 3", "shop 1");
    assertThat(second.hasNext()).isFalse();
  }

  @Test
  final void swap_byManyAtOnce_isGrantedToOneAGeneration() {
    Lease lease = lease(APP);
    List<Storage> handles = handlesForRace();

    for (int generation = 1; generation <= 5; generation++) {
      int next = generation;
      Race.Outcome<Boolean> winner = onlyWinner(
          Race.runAll(i -> swap(handles.get(i), lease, marked(next, i))),
          StaleStateException.class);

      assertThat(apps().find(APP)).contains(marked(next, winner.runner()));
    }
  }

  @Test
  final void states_afterReopening_areStillThere() {
    if (!survivesReopen()) {
      return;
    }
    swapAll("shop", "shop");
    storage.close();
    storage = anotherHandle();

    assertThat(apps().find(APP)).contains(state(APP, 2));
    assertThat(apps().findRevision(APP, 1)).contains(state(APP, 1));
  }

  @Test
  final void anything_afterClose_isRefused() {
    Lease lease = lease(APP);
    storage.close();
    storage.close();

    assertThatThrownBy(() -> apps().find(APP)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> swap(storage, lease, state(APP, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  private static AppState marked(long generation) {
    return marked(generation, 0);
  }

  private static AppState marked(long generation, int runner) {
    return state(APP, generation).toBuilder()
        .record(new RecordId("by runner " + runner))
        .build();
  }
}
