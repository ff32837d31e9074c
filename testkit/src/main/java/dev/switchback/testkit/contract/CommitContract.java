// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.AppId;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.Commit;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What {@link Storage#commit} promises: all of it or nothing. */
public abstract class CommitContract extends CommitRacesContract {

  private static final RecordId OLD = new RecordId("old");
  private static final RecordId NEW = new RecordId("new");
  private static final RecordId FOREIGN = new RecordId("foreign");

  /** Makes a test of the contract. */
  protected CommitContract() {}

  /** All that a commit about an app can change. */
  private record Content(
      Optional<AppState> state,
      List<AppState> revisions,
      List<OperationRecord> records,
      List<JournalEntry> oldJournal,
      List<JournalEntry> newJournal,
      List<Build> builds,
      Optional<Lease> lease) {

    static Content of(Storage storage, AppId app) {
      return new Content(
          storage.apps().find(app),
          storage.apps().revisions(app, ALL).items(),
          storage.records().list(RecordQuery.ofApp(app), ALL).items(),
          storage.journals().read(OLD),
          storage.journals().read(NEW),
          storage.builds().list(app, WEB, ALL).items(),
          storage.leases().find(app));
    }
  }

  /** An app with two generations, two builds and an operation under way with a journal. */
  private Lease leaseWithHistory() {
    Lease lease = lease(APP);
    swap(storage, lease, state(APP, 1));
    storage.commit(
        lease,
        Commit.of(APP)
            .begin(operation(OLD))
            .journal(List.of(entry(OLD, 1), entry(OLD, 2)))
            .state(state(APP, 2))
            .builds(List.of(build(1), build(2)))
            .build());
    return lease;
  }

  /** A commit with every part; all of them fit {@link #leaseWithHistory()}. */
  private static Commit.Builder everything() {
    return Commit.of(APP)
        .begin(operation(NEW))
        .journal(List.of(entry(NEW, 1), entry(NEW, 2)))
        .state(state(APP, 3))
        .builds(List.of(build(3), build(4)))
        .record(running(OLD), closed(OLD))
        .forgetRevisions(Set.of(1L))
        .forgetBuilds(List.of(new Commit.BuildName(WEB, "b1")))
        .forgetJournals(List.of(OLD))
        .release();
  }

  @Test
  final void commit_ofEverything_writesEveryPart() {
    Lease lease = leaseWithHistory();

    storage.commit(lease, everything().build());

    assertThat(Content.of(storage, APP))
        .isEqualTo(new Content(
            Optional.of(state(APP, 3)),
            List.of(state(APP, 3), state(APP, 2)),
            List.of(running(NEW), closed(OLD)),
            List.of(),
            List.of(entry(NEW, 1), entry(NEW, 2)),
            List.of(build(4), build(3), build(2)),
            Optional.empty()));
    assertThat(storage.records().find(NEW)).contains(operation(NEW));
    assertThat(storage.records().find(OLD))
        .contains(new StoredOperation(closed(OLD), state(APP, 3)));
  }

  /** Commits of a state or of entries alone are the most frequent ones, and may take a way of their own. */
  @Test
  final void commit_ofAStateOrOfEntriesThatAlsoRemovesOrReleases_doesBoth() {
    Lease lease = leaseWithHistory();

    storage.commit(
        lease, Commit.of(APP).state(state(APP, 3)).forgetRevisions(Set.of(1L)).build());
    assertThat(storage.apps().revisions(APP, ALL).items())
        .containsExactly(state(APP, 3), state(APP, 2));

    storage.commit(
        lease,
        Commit.of(APP)
            .journal(List.of(entry(OLD, 3)))
            .forgetBuilds(List.of(new Commit.BuildName(WEB, "b1")))
            .build());
    assertThat(storage.journals().read(OLD)).hasSize(3);
    assertThat(storage.builds().list(APP, WEB, ALL).items()).containsExactly(build(2));

    storage.commit(
        lease, Commit.of(APP).state(state(APP, 4)).forgetJournals(List.of(OLD)).build());
    assertThat(storage.apps().find(APP)).contains(state(APP, 4));
    assertThat(storage.journals().read(OLD)).isEmpty();

    storage.commit(
        lease,
        Commit.of(APP).begin(operation(NEW)).journal(List.of(entry(NEW, 1))).build());
    storage.commit(
        lease, Commit.of(APP).journal(List.of(entry(NEW, 2))).release().build());
    assertThat(storage.journals().read(NEW)).hasSize(2);
    assertThat(storage.leases().find(APP)).isEmpty();
  }

  @Test
  final void commit_thatChangesOrForgetsWhatItWrote_doesSoInOrder() {
    Lease lease = lease(APP);

    storage.commit(
        lease,
        Commit.of(APP)
            .begin(operation(NEW))
            .journal(List.of(entry(NEW, 1)))
            .builds(List.of(build(1), build(2)))
            .record(running(NEW), closed(NEW))
            .forgetBuilds(List.of(new Commit.BuildName(WEB, "b1")))
            .forgetJournals(List.of(NEW))
            .build());

    assertThat(storage.records().find(NEW))
        .contains(new StoredOperation(closed(NEW), operation(NEW).wanted()));
    assertThat(storage.journals().read(NEW)).isEmpty();
    assertThat(storage.builds().list(APP, WEB, PageRequest.first(5)).items())
        .containsExactly(build(2));
  }

  @Test
  final void commit_withOneStalePart_writesNothingOfTheOthers() {
    Map<String, UnaryOperator<Commit.Builder>> stale = new LinkedHashMap<>();
    stale.put(
        "record that is there",
        commit -> commit.begin(operation(OLD)).journal(List.of(entry(OLD, 3))));
    stale.put("journal entry that is there", commit -> commit.journal(List.of(entry(OLD, 2))));
    stale.put("journal past the next entry", commit -> commit.journal(List.of(entry(NEW, 2))));
    stale.put("generation that is there", commit -> commit.state(state(APP, 2)));
    stale.put("generation past the next", commit -> commit.state(state(APP, 4)));
    stale.put("build before the last", commit -> commit.builds(List.of(build(3), build(2))));
    stale.put("build twice", commit -> commit.builds(List.of(build(3), build(3))));
    stale.put(
        "record that differs",
        commit -> commit.record(running(OLD).toBuilder().actor("x").build(), closed(OLD)));
    stale.put(
        "record that is not there",
        commit -> commit.record(running(new RecordId("none")), closed(new RecordId("none"))));
    stale.put("revision to come", commit -> commit.forgetRevisions(Set.of(1L, 3L)));
    Lease lease = leaseWithHistory();
    Content before = Content.of(storage, APP);

    stale.forEach((name, change) -> {
      assertThatThrownBy(() -> storage.commit(lease, change.apply(everything()).build()))
          .as(name)
          .isInstanceOf(StaleStateException.class);
      assertThat(Content.of(storage, APP)).as(name).isEqualTo(before);
      assertThat(storage.records().find(NEW)).as(name).isEmpty();
    });
    storage.commit(lease, everything().build());
  }

  @Test
  final void commit_thatTouchesTheJournalOfAnotherApp_isRefusedAndWritesNothing() {
    Lease lease = leaseWithHistory();
    Lease other = lease(OTHER_APP);
    storage.commit(
        other,
        Commit.of(OTHER_APP)
            .begin(new StoredOperation(record(OTHER_APP, "foreign"), state(OTHER_APP, 1)))
            .journal(List.of(entry(FOREIGN, 1)))
            .build());
    Content before = Content.of(storage, APP);

    assertThatThrownBy(() -> storage.commit(
            lease, everything().journal(List.of(entry(FOREIGN, 2))).build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.commit(
            lease, everything().forgetJournals(List.of(OLD, FOREIGN)).build()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(Content.of(storage, APP)).isEqualTo(before);
    assertThat(storage.journals().read(FOREIGN)).containsExactly(entry(FOREIGN, 1));
  }

  @Test
  final void commit_thatForgetsThePresentState_isStale() {
    Lease lease = leaseWithHistory();
    Commit commit = Commit.of(APP).forgetRevisions(Set.of(2L)).build();

    assertThatThrownBy(() -> storage.commit(lease, commit)).isInstanceOf(StaleStateException.class);
    assertThat(storage.apps().find(APP)).contains(state(APP, 2));
  }

  @Test
  final void commit_thatForgetsWhatIsNotThere_doesNotMind() {
    Lease lease = leaseWithHistory();
    Commit.BuildName first = new Commit.BuildName(WEB, "b1");
    Commit commit = Commit.of(APP)
        .forgetRevisions(Set.of(1L, 77L))
        .forgetBuilds(List.of(first, first, new Commit.BuildName(WEB, "none")))
        .forgetJournals(List.of(OLD))
        .build();

    storage.commit(lease, commit);
    storage.commit(lease, commit);

    assertThat(storage.apps().findRevision(APP, 1)).isEmpty();
    assertThat(storage.apps().find(APP)).contains(state(APP, 2));
    assertThat(storage.builds().find(APP, WEB, "b1")).isEmpty();
    assertThat(storage.builds().find(APP, WEB, "b2")).contains(build(2));
    assertThat(storage.journals().read(OLD)).isEmpty();
    assertThat(storage.records().find(OLD)).contains(operation(OLD));
  }

  @Test
  final void commit_thatReleases_endsTheLease() {
    Lease lease = lease(APP);

    storage.commit(lease, Commit.of(APP).state(state(APP, 1)).release().build());

    assertThat(storage.leases().find(APP)).isEmpty();
    assertThatThrownBy(
            () -> storage.commit(lease, Commit.of(APP).state(state(APP, 2)).build()))
        .isInstanceOf(FencedOffException.class);
    assertThatThrownBy(() -> storage.leases().renew(lease, LONG))
        .isInstanceOf(FencedOffException.class);
    assertThat(lease(APP).fence()).isGreaterThan(lease.fence());
    assertThat(storage.apps().find(APP)).contains(state(APP, 1));
  }

  @Test
  final void commit_underLeaseThatPassedOn_isFencedOffAndWritesNothing() {
    Lease lost = lostLease(APP);
    Lease present = storage.leases().find(APP).orElseThrow();
    Commit commit = Commit.of(APP)
        .begin(operation(NEW))
        .journal(List.of(entry(NEW, 1)))
        .state(state(APP, 1))
        .builds(List.of(build(1)))
        .release()
        .build();

    assertThatThrownBy(() -> storage.commit(lost, commit))
        .isInstanceOfSatisfying(
            FencedOffException.class, e -> assertThat(e.lease().fence()).isEqualTo(lost.fence()));
    assertThatThrownBy(() -> storage.commit(lost, Commit.of(APP).build()))
        .isInstanceOf(FencedOffException.class);

    assertThat(Content.of(storage, APP))
        .isEqualTo(new Content(
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(present)));
  }

  @Test
  final void commit_underExpiredLeaseThatNobodyTook_isWritten() {
    storage.commit(
        expiredLease(APP), Commit.of(APP).state(state(APP, 1)).release().build());

    assertThat(storage.apps().find(APP)).contains(state(APP, 1));
    assertThat(storage.leases().find(APP)).isEmpty();
  }

  @Test
  final void commit_underLeaseOfAnotherApp_isRefusedAndWritesNothing() {
    leaseWithHistory();
    Lease other = lease(OTHER_APP);
    Content before = Content.of(storage, APP);

    assertThatThrownBy(() -> storage.commit(other, everything().build()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(Content.of(storage, APP)).isEqualTo(before);
    assertThat(storage.leases().find(OTHER_APP)).contains(other);
  }

  @Test
  final void commit_afterReopening_isStillThere() {
    if (!survivesReopen()) {
      return;
    }
    storage.commit(leaseWithHistory(), everything().build());
    Content before = Content.of(storage, APP);
    storage.close();
    storage = anotherHandle();

    assertThat(Content.of(storage, APP)).isEqualTo(before);
  }

  @Test
  final void commit_afterClose_isRefused() {
    Lease lease = lease(APP);
    storage.close();

    assertThatThrownBy(() -> storage.commit(lease, Commit.of(APP).build()))
        .isInstanceOf(IllegalStateException.class);
  }
}
