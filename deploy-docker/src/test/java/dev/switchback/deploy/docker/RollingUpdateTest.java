// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Scaling;
import dev.switchback.model.spec.Workload;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Going from one version to the next, seen by clients that do not stop asking. */
@NeedsEngine
final class RollingUpdateTest extends OnEngine {

  private static final ComponentKey CLIENT = new ComponentKey("client");

  private Component web(Image image) {
    return Images.web("web", image).toBuilder().ports(Images.published()).build();
  }

  @Test
  void publishedPort_whileVersionsChange_answersEveryRequest() throws Exception {
    bringUp(web(one));
    String address = address(WEB);

    try (Load load = Load.on(address)) {
      bringUp(web(two));
      bringUp(web(one));
      bringUp(web(two).toBuilder().scaling(Scaling.one().withMinReplicas(2)).build());

      assertThat(load.failures()).isEmpty();
      assertThat(load.bodies()).containsExactlyInAnyOrder("1", "2");
    }
    assertThat(address(WEB)).isEqualTo(address);
    assertThat(instances(WEB)).hasSize(2);
  }

  @Test
  void publishedPort_whileAnotherIsPublished_answersEveryRequest() throws Exception {
    bringUp(web(one));
    Component wider = web(two).toBuilder()
        .ports(Images.published().with(new Port(8081, "tcp", "", false, true, "", "")))
        .probes(Keyed.of(Images.probe("http")))
        .build();

    try (Load load = Load.on(address(WEB))) {
      bringUp(wider);

      assertThat(load.failures()).isEmpty();
    }
    assertThat(observe(WEB).findings()).hasSize(2);
  }

  @Test
  void consumerInside_whileVersionsChange_isAnsweredUnderTheSameName() {
    Image shell = new Image("example/shell", shell().digest(), "");
    Component consumer = Component.builder("client")
        .image(shell)
        .dependencies(Keyed.of(new Dependency(WEB)))
        .command("/bin/busybox sh -c 'while :; do"
            + " /bin/busybox wget -q -O - http://$WEB_HOST:$WEB_PORT/ || echo FAILED; done'")
        .build();
    bringUp(web(one), consumer);
    bringUp(consumer, web(one));
    awaitLine("1");

    bringUp(web(two), consumer);
    awaitLine("2");

    assertThat(log()).doesNotContain("FAILED");
  }

  private MachineImage shell() {
    MachineImage image = MachineImage.builder()
        .program(Path.of("/bin/busybox"))
        .stopSignal("SIGKILL")
        .build();
    backend.artifactLoader().orElseThrow().load(image.digest(), image.open());
    return image;
  }

  private List<String> log() {
    return engine.log(instances(CLIENT).get(0).id(), 100_000);
  }

  private void awaitLine(String line) {
    await(CLIENT, seen -> log().contains(line));
  }

  @Test
  void newVersion_thatNeverBecomesHealthy_leavesTheOldOneServing() throws Exception {
    bringUp(web(one));
    Component broken = web(two).toBuilder().command("/bin/busybox sleep 1000").build();

    try (Load load = Load.on(address(WEB))) {
      StepId step = apply(broken);
      var seen = await(WEB, observation -> observation.health() == Health.DEGRADED);

      assertThat(seen.step()).isEqualTo(step);
      assertThat(seen.image()).isEqualTo(one);
      assertThat(seen.findings()).extracting("reason").contains("probe-failed");

      bringUp(web(one));
      assertThat(load.failures()).isEmpty();
      assertThat(load.bodies()).containsExactly("1");
    }
    assertThat(instances(WEB)).hasSize(1);
  }

  @Test
  void handover_thatWasLeftHalfDone_isFinishedByAnotherProcess() throws Exception {
    bringUp(web(one));

    try (Load load = Load.on(address(WEB))) {
      StepId step = apply(web(two));
      backend.close();
      assertThat(instances(WEB)).hasSize(2);
      backend = open();
      backend.apply(step, target(web(two)));
      await(WEB, observation -> observation.health() == Health.READY);

      assertThat(load.failures()).isEmpty();
    }
    assertThat(instances(WEB)).hasSize(1);
  }

  @Test
  void statefulComponent_whenItChanges_neverRunsTwice() {
    Component db =
        web(one).toBuilder().workload(new Workload("state_singleton")).build();
    bringUp(db);
    String address = address(WEB);

    apply(db.toBuilder().image(two).build());
    assertThat(instances(WEB)).filteredOn(Seen::isRunning).hasSize(1);
    await(WEB, observation -> {
      assertThat(instances(WEB).stream().filter(Seen::isRunning).count()).isLessThanOrEqualTo(1);
      return observation.health() == Health.READY;
    });

    assertThat(instances(WEB)).hasSize(1);
    assertThat(address(WEB)).isEqualTo(address);
    assertThat(observe(WEB).image()).isEqualTo(two);
  }
}
