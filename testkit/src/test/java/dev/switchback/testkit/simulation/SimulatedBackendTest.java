// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Scaling;
import dev.switchback.model.spec.Volume;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulatedBackendTest {

  private static final AppId APP = new AppId("shop");
  private static final ComponentKey WEB = new ComponentKey("web");

  private final SimulatedBackend backend = new SimulatedBackend();
  private int steps;

  private static Component web(String image) {
    return Component.builder(WEB)
        .image(Image.of(image))
        .volumes(Keyed.of(new Volume("/data", "data", "share-file", 0, "", "", "", "", "", null)))
        .build();
  }

  private StepId apply(Component component) {
    StepId step = new StepId("s" + ++steps);
    AppSpec spec = AppSpec.builder().components(Keyed.of(component)).build();
    backend.apply(
        step, new ComponentTarget(new AppTarget(APP, steps, spec), WEB, StepAction.BUILD));
    return step;
  }

  private static AppTarget recorded(Component component) {
    return new AppTarget(
        APP, 1, AppSpec.builder().components(Keyed.of(component)).build());
  }

  private Health health() {
    return backend.observe(APP).get(0).health();
  }

  @Test
  void roll_whileTicksAreLeft_isProgressingAndTheOldOneServes() {
    backend.rollTicks(2);
    apply(web("nginx:1.11"));
    assertThat(backend.serving(APP, WEB)).isEmpty();
    assertThat(health()).isEqualTo(Health.PROGRESSING);
    assertThat(health()).isEqualTo(Health.PROGRESSING);
    assertThat(health()).isEqualTo(Health.READY);

    apply(web("nginx:1.12"));

    Observation rolling = backend.observe(APP).get(0);
    assertThat(rolling.health()).isEqualTo(Health.PROGRESSING);
    assertThat(rolling.image()).isEqualTo(web("nginx:1.11").image());
    assertThat(health()).isEqualTo(Health.PROGRESSING);
    assertThat(health()).isEqualTo(Health.READY);
    assertThat(backend.serving(APP, WEB)).contains(web("nginx:1.12"));
  }

  @Test
  void roll_withoutTicks_isReadyAtOnce() {
    backend.rollTicks(0);
    apply(web("nginx:1.11"));

    assertThat(health()).isEqualTo(Health.READY);
  }

  @Test
  void neverHealthyImage_whenRolledOver_failsAndTheOldOneServes() {
    backend.neverHealthyImage("1.12");
    apply(web("nginx:1.11"));
    backend.observe(APP);
    apply(web("nginx:1.12"));

    Observation failed = backend.observe(APP).get(0);
    assertThat(failed.health()).isEqualTo(Health.FAILED);
    assertThat(failed.image()).isEqualTo(web("nginx:1.11").image());
    assertThat(failed.findings()).extracting("reason").containsExactly("crash-loop");

    apply(web("nginx:1.11"));
    backend.observe(APP);
    assertThat(health()).isEqualTo(Health.READY);
  }

  @Test
  void neverHealthy_untilHealed_neverArrives() {
    backend.neverHealthy(WEB, Health.DEGRADED);
    apply(web("nginx:1.11"));
    assertThat(health()).isEqualTo(Health.DEGRADED);
    assertThat(health()).isEqualTo(Health.DEGRADED);

    backend.heal();

    assertThat(health()).isEqualTo(Health.PROGRESSING);
    assertThat(health()).isEqualTo(Health.READY);
  }

  @Test
  void neverHealthy_whileProgressing_neverEnds() {
    backend.neverHealthy(WEB, Health.PROGRESSING);
    apply(web("nginx:1.11"));

    for (int i = 0; i < 5; i++) {
      assertThat(health()).isEqualTo(Health.PROGRESSING);
    }
  }

  @Test
  void failOn_ofComponent_changesNothing() {
    backend.failOn(WEB, Reason.NO_SPACE);

    assertThatThrownBy(() -> apply(web("nginx:1.11")))
        .isInstanceOfSatisfying(
            DeploymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
    assertThat(backend.observe(APP)).isEmpty();
    assertThat(backend.calls())
        .extracting(SimulatedCall::toString)
        .containsExactly("APPLY web s1 FAILED", "OBSERVE DONE");
  }

  @Test
  void failCall_byNumber_failsThatCallOnly() {
    backend.failCall(2, Reason.REFUSED);
    apply(web("nginx:1.11"));

    assertThatThrownBy(() -> apply(web("nginx:1.12"))).isInstanceOf(DeploymentException.class);
    apply(web("nginx:1.13"));
    assertThat(backend.changes()).hasSize(2);
  }

  @Test
  void unreachable_forSomeCalls_mayBeRetried() {
    backend.unreachable(2);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> backend.observe(APP))
          .isInstanceOfSatisfying(
              DeploymentException.class, e -> assertThat(e.mayRetry()).isTrue());
    }
    assertThat(backend.observe(APP)).isEmpty();
  }

  @Test
  void snapshot_ofRestoredState_isThatState() {
    backend.withArtifactLoader().rollTicks(3);
    apply(
        web("nginx:1.11").toBuilder().scaling(Scaling.one().withMinReplicas(3)).build());
    backend.observe(APP);
    backend.writeVolume(APP, WEB, "/data", "precious");
    SimulatedImage image = SimulatedImage.of("web");
    backend.artifactLoader().orElseThrow().load(image.digest(), image.open());
    backend.applyShared(
        new StepId("shared"),
        new AppTarget(APP, 1, AppSpec.builder().governanceMode("mesh").build()));
    SimulatedState state = backend.snapshot();

    SimulatedBackend restored = SimulatedBackend.restore(state);

    assertThat(restored.snapshot()).isEqualTo(state);
    assertThat(restored.shared(APP).governanceMode()).isEqualTo("mesh");
    assertThat(restored.readVolume(APP, WEB, "/data")).contains("precious");
    assertThat(state.apps().get(0).components().get(0).replicas()).isEqualTo(3);
    assertThat(state.apps().get(0).components().get(0).ticksLeft()).isEqualTo(2);
  }

  @Test
  void onChange_afterEveryChange_getsTheStateOnce() {
    List<SimulatedState> states = new ArrayList<>();
    backend.onChange(states::add);

    StepId step = apply(web("nginx:1.11"));
    assertThat(states).hasSize(1).last().isEqualTo(backend.snapshot());
    backend.observe(APP);
    assertThat(states).hasSize(2).last().isEqualTo(backend.snapshot());
    backend.observe(APP);
    backend.apply(
        step,
        new ComponentTarget(
            new AppTarget(
                APP,
                1,
                AppSpec.builder().components(Keyed.of(web("nginx:1.11"))).build()),
            WEB,
            StepAction.CREATE));
    assertThat(states).hasSize(2);
    backend.remove(new StepId("gone"), APP, WEB);
    assertThat(states).hasSize(3).last().isEqualTo(backend.snapshot());
  }

  @Test
  void artifactLoader_ofNewImage_makesItRunnable() {
    backend.withArtifactLoader();
    SimulatedImage image = SimulatedImage.of("web");
    Digest digest = image.digest();
    ArtifactLoader loader = backend.artifactLoader().orElseThrow();
    Component component =
        web("").toBuilder().image(new Image("example/web:1", digest, "")).build();
    assertThatThrownBy(() -> apply(component)).isInstanceOf(DeploymentException.class);
    assertThat(loader.present(List.of(digest))).isEmpty();

    loader.load(digest, image.open());

    assertThat(loader.present(List.of(digest, Digest.of("other")))).containsExactly(digest);
    apply(component);
    assertThat(backend.observe(APP)).hasSize(1);
  }

  @Test
  void tamper_behindTheBack_isSeenInWhatRuns() {
    apply(web("nginx:1.11"));
    backend.tamper(APP, WEB, c -> c.toBuilder().command("sleep").build());

    Observation drifted = backend.observe(APP).get(0);
    assertThat(drifted.health()).isEqualTo(Health.READY);
    assertThat(backend.inspector().orElseThrow().inspect(recorded(web("nginx:1.11"))))
        .containsExactly(web("nginx:1.11").toBuilder().command("sleep").build());

    backend.vanish(APP, WEB);
    assertThat(backend.observe(APP)).isEmpty();
    assertThat(backend.readVolume(APP, WEB, "/data")).isPresent();
  }

  @Test
  void writeVolume_thatIsNotThere_isRefused() {
    assertThatThrownBy(() -> backend.writeVolume(APP, WEB, "/data", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid volume");
  }

  @Test
  void anyCall_afterClose_isRefused() {
    backend.close();
    backend.close();

    assertThatThrownBy(() -> backend.observe(APP)).isInstanceOf(IllegalStateException.class);
  }
}
