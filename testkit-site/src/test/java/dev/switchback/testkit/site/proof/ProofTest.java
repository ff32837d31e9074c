// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.app.Lease;
import dev.switchback.storage.AppStore;
import dev.switchback.storage.AuditStore;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Commit;
import dev.switchback.storage.JournalStore;
import dev.switchback.storage.LeaseStore;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.SignalStore;
import dev.switchback.storage.Storage;
import dev.switchback.storage.TemplateStore;
import dev.switchback.testkit.memory.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The proof finds what is wrong with a storage, and a schedule that is run again is the same one. */
final class ProofTest {

  private static final CrashProof WHOLE = new CrashProof() {};

  @Test
  void proof_ofAStorageThatDoesNotFence_fails() {
    CrashProof unfenced = new WithStorage() {
      @Override
      void write(Storage storage, Lease lease, Commit commit) {
        Lease latest = storage.leases().find(commit.app()).orElse(lease);
        storage.commit(latest, commit);
      }
    };

    try (Proof proof = new Proof(unfenced)) {
      assertThatThrownBy(
              () -> proof.run("of a broken storage", proof.random(500), 500, proof::checkRandom))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("switchback.proof.schedule=\"random/");
    }
  }

  @Test
  void proof_ofAStorageThatDropsJournals_fails() {
    CrashProof forgetful = new WithStorage() {
      @Override
      void write(Storage storage, Lease lease, Commit commit) {
        Commit.Builder rest = Commit.of(commit.app()).builds(commit.builds());
        commit.operation().ifPresent(rest::begin);
        commit.state().ifPresent(rest::state);
        commit.recordChange().ifPresent(it -> rest.record(it.expected(), it.next()));
        if (commit.releasesLease()) {
          rest.release();
        }
        storage.commit(lease, rest.build());
      }
    };

    try (Proof proof = new Proof(forgetful)) {
      Schedule schedule = Schedule.parse("upgrade/STOP/NONE/none");
      assertThat(proof.check(schedule))
          .singleElement()
          .asString()
          .contains("which is in no journal");
    }
  }

  @Test
  void schedule_runAgain_isTheSame() {
    try (Proof proof = new Proof(WHOLE)) {
      for (int seed = 1; seed <= 20; seed++) {
        assertThat(proof.course(seed)).as("seed %s", seed).isEqualTo(proof.course(seed));
      }
    }
  }

  @Test
  void schedule_asText_isReadBack() {
    for (String text : List.of("random/17", "upgrade/ROLL_BACK/CANCEL/3:CRASH_AFTER/none")) {
      assertThat(Schedule.parse(text)).hasToString(text);
    }
    assertThatThrownBy(() -> Schedule.parse("upgrade"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid schedule 'upgrade'");
    try (Proof proof = new Proof(WHOLE)) {
      assertThatThrownBy(() -> proof.check(Schedule.parse("dance/STOP/NONE/none")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no scene of that name");
    }
  }

  /** Has a storage that writes in a way of its own. */
  private abstract static class WithStorage extends CrashProof {

    abstract void write(Storage storage, Lease lease, Commit commit);

    @Override
    protected ProofSite newSite(ManualClock clock) {
      return new ProofSite(clock) {
        @Override
        public Storage openStorage() {
          return new Writing(super.openStorage(), WithStorage.this);
        }
      };
    }
  }

  private record Writing(Storage storage, WithStorage proof) implements Storage {

    @Override
    public TemplateStore templates() {
      return storage.templates();
    }

    @Override
    public AppStore apps() {
      return storage.apps();
    }

    @Override
    public RecordStore records() {
      return storage.records();
    }

    @Override
    public JournalStore journals() {
      return storage.journals();
    }

    @Override
    public BuildStore builds() {
      return storage.builds();
    }

    @Override
    public LeaseStore leases() {
      return storage.leases();
    }

    @Override
    public SignalStore signals() {
      return storage.signals();
    }

    @Override
    public AuditStore audit() {
      return storage.audit();
    }

    @Override
    public void commit(Lease lease, Commit commit) {
      proof.write(storage, lease, commit);
    }

    @Override
    public void close() {
      storage.close();
    }
  }
}
