// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.Commit;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StorageException;
import dev.switchback.testkit.memory.ManualClock;
import dev.switchback.testkit.memory.MemoryBlobStore;
import dev.switchback.testkit.memory.MemoryStorage;
import dev.switchback.testkit.simulation.SimulatedBackend;
import dev.switchback.testkit.simulation.SimulatedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FaultsTest {

  private static final AppId APP = new AppId("shop");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final AppState STATE =
      AppState.builder(APP, VersionRef.parse("t@1")).generation(1).build();

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final MemoryStorage memory = new MemoryStorage(clock);

  /** Acquires a lease, swaps a state in, releases: calls 1, 2 and 3. */
  private static void change(Storage storage) {
    Lease lease = storage.leases().acquire(APP, "node", MINUTE);
    storage.commit(lease, Commit.of(APP).state(STATE).build());
    storage.leases().release(lease);
  }

  private boolean written() {
    return memory.apps().find(APP).isPresent();
  }

  @Test
  void none_changesNothingAndCounts() {
    Faults faults = new Faults(FaultPlan.none());

    change(faults.storage(memory));

    assertThat(written()).isTrue();
    assertThat(faults.calls())
        .containsExactly("LeaseStore.acquire", "Storage.commit", "LeaseStore.release");
  }

  @Test
  void fail_ofWrite_writesNothing() {
    Storage storage = new Faults(FaultPlan.at(2, Fault.FAIL)).storage(memory);

    assertThatThrownBy(() -> change(storage)).isInstanceOf(StorageException.class);
    assertThat(written()).isFalse();
    assertThat(storage.apps().find(APP)).isEmpty();
  }

  @Test
  void loseRequest_ofWrite_writesNothingAndSaysUnknown() {
    Storage storage = new Faults(FaultPlan.at(2, Fault.LOSE_REQUEST)).storage(memory);

    assertThatThrownBy(() -> change(storage)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(written()).isFalse();
  }

  @Test
  void loseAnswer_ofWrite_writesAndSaysUnknown() {
    Storage storage = new Faults(FaultPlan.at(2, Fault.LOSE_ANSWER)).storage(memory);

    assertThatThrownBy(() -> change(storage)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(written()).isTrue();
  }

  @Test
  void loseAnswer_ofRead_justFails() {
    Storage storage = new Faults(FaultPlan.at(1, Fault.LOSE_ANSWER)).storage(memory);

    assertThatThrownBy(() -> storage.apps().find(APP)).isInstanceOf(StorageException.class);
  }

  @Test
  void repeat_ofWrite_isMadeTwiceAndAnsweredOnce() {
    Storage storage = new Faults(FaultPlan.at(2, Fault.REPEAT)).storage(memory);

    change(storage);

    assertThat(written()).isTrue();
    assertThat(storage.leases().find(APP)).isEmpty();
  }

  @Test
  void crash_beforeOrAfterACall_endsTheProcess() {
    for (Fault fault : List.of(Fault.CRASH_BEFORE, Fault.CRASH_AFTER)) {
      MemoryStorage content = new MemoryStorage(clock);
      Faults faults = new Faults(FaultPlan.at(2, fault));
      Storage storage = faults.storage(content);

      assertThatThrownBy(() -> change(storage)).isInstanceOf(SimulatedCrash.class);
      assertThat(faults.crashed()).isTrue();
      assertThatThrownBy(() -> storage.leases().find(APP)).isInstanceOf(SimulatedCrash.class);
      assertThat(content.apps().find(APP).isPresent()).isEqualTo(fault == Fault.CRASH_AFTER);
      assertThat(content.leases().find(APP)).isPresent();
      storage.close();
    }
  }

  @Test
  void delay_ofACall_makesItLate() {
    Faults faults = new Faults(FaultPlan.at(2, Fault.DELAY)).delays(MINUTE, late -> {
      clock.advance(late);
      memory.leases().acquire(APP, "other node", MINUTE);
    });

    assertThatThrownBy(() -> change(faults.storage(memory))).isInstanceOf(FencedOffException.class);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plus(MINUTE));
    assertThat(written()).isFalse();
  }

  @Test
  void delay_ofUnsaidLength_isMadeAllTheSame() {
    change(new Faults(FaultPlan.at(2, Fault.DELAY)).storage(memory));

    assertThat(written()).isTrue();
  }

  @Test
  void beforeEach_seesEveryCallThatIsMade() {
    List<String> seen = new ArrayList<>();
    Faults faults = new Faults(FaultPlan.none()).beforeEach(seen::add);

    change(faults.storage(memory));

    assertThat(seen).isEqualTo(faults.calls());
  }

  @Test
  void before_aCall_letsAnotherNodeActInBetween() {
    Faults faults = new Faults(FaultPlan.none()).before(2, () -> {
      clock.advance(MINUTE);
      memory.leases().acquire(APP, "other node", MINUTE);
    });

    assertThatThrownBy(() -> change(faults.storage(memory))).isInstanceOf(FencedOffException.class);
    assertThat(written()).isFalse();
  }

  @Test
  void calls_toSeveralThings_areCountedInOneRow() {
    Faults faults = new Faults(FaultPlan.at(3, Fault.FAIL).and(4, Fault.LOSE_ANSWER));
    BlobStore blobs = faults.blobs(new MemoryBlobStore());
    SimulatedBackend simulated = new SimulatedBackend().withArtifactLoader();
    DeploymentBackend backend = faults.backend(simulated);
    SimulatedImage image = SimulatedImage.of("web");
    blobs.put(Digest.of("x"), new ByteArrayInputStream(new byte[] {'x'}));
    backend.artifactLoader().orElseThrow().load(image.digest(), image.open());

    assertThatThrownBy(() -> backend.observe(APP))
        .isInstanceOfSatisfying(
            DeploymentException.class, e -> assertThat(e.mayRetry()).isTrue());
    assertThatThrownBy(() -> backend.apply(new StepId("s1"), web()))
        .isInstanceOf(OutcomeUnknownException.class);

    assertThat(simulated.observe(APP)).hasSize(1);
    assertThat(faults.calls())
        .containsExactly(
            "BlobStore.put",
            "ArtifactLoader.load",
            "DeploymentBackend.observe",
            "DeploymentBackend.apply");
  }

  @Test
  void plan_withNumbersBelowOne_isRefused() {
    assertThatThrownBy(() -> FaultPlan.at(0, Fault.FAIL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid call number: 0");
    assertThat(FaultPlan.at(1, Fault.FAIL)).isEqualTo(FaultPlan.none().and(1, Fault.FAIL));
  }

  @Test
  void plan_drawnFromTheSameSeed_isTheSame() {
    Set<Fault> faults = Set.of(Fault.FAIL, Fault.DELAY, Fault.CRASH_AFTER);
    FaultPlan drawn = FaultPlan.random(new Random(7), 200, 0.1, faults);

    assertThat(drawn).isEqualTo(FaultPlan.random(new Random(7), 200, 0.1, faults));
    assertThat(drawn.faults()).hasSizeBetween(5, 50);
    assertThat(drawn.faults().values()).isSubsetOf(faults);
    assertThat(drawn.faults().lastKey()).isLessThanOrEqualTo(200);
    assertThat(FaultPlan.random(new Random(7), 200, 0, faults)).isEqualTo(FaultPlan.none());
    assertThatThrownBy(() -> FaultPlan.random(new Random(7), 1, 1.1, faults))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FaultPlan.random(new Random(7), 1, 1, Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void plan_asText_isReadBack() {
    FaultPlan plan = FaultPlan.at(17, Fault.DELAY).and(3, Fault.CRASH_AFTER);

    assertThat(plan).hasToString("3:CRASH_AFTER 17:DELAY");
    assertThat(FaultPlan.parse(plan.toString())).isEqualTo(plan);
    assertThat(FaultPlan.parse(FaultPlan.none().toString())).isEqualTo(FaultPlan.none());
    for (String wrong : List.of("", "3", "3:BOOM", "x:FAIL", ":FAIL", "0:FAIL")) {
      assertThatThrownBy(() -> FaultPlan.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Invalid");
    }
  }

  private static ComponentTarget web() {
    ComponentKey web = new ComponentKey("web");
    AppSpec spec =
        AppSpec.builder().components(Keyed.of(Component.builder(web).build())).build();
    return new ComponentTarget(new AppTarget(APP, 1, spec), web, StepAction.CREATE);
  }
}
