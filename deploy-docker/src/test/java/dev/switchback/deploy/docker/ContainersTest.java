// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.deploy.Observation.Finding;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Probe;
import dev.switchback.model.spec.StreamRoute;
import dev.switchback.model.spec.Workload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What containers are made of, what is refused, and what somebody else changed. */
@NeedsEngine
final class ContainersTest extends OnEngine {

  private InspectContainerResponse inspect() {
    return engine.inspect(instances(WEB).get(0).id()).orElseThrow();
  }

  private static EnvVar variable(String name, String value, int port) {
    return new EnvVar(name, Setting.plain(value), "", true, port);
  }

  private Component full() {
    return Images.web("web", one).toBuilder()
        .env(Keyed.of(variable("COLOUR", "green", 0)))
        .memoryMb(64)
        .cpuMillis(500)
        .command("/bin/busybox httpd -f -p 8080 -h '/www'")
        .configFiles(Keyed.of(
            new ConfigFile("/etc/app/app.conf", "app", Setting.plain("colour=green"), 600)))
        .build();
  }

  @Test
  void container_hasWhatTheComponentSays() {
    bringUp(full());

    InspectContainerResponse found = inspect();
    assertThat(found.getConfig().getEnv()).contains("COLOUR=green");
    assertThat(found.getConfig().getCmd())
        .containsExactly("/bin/busybox", "httpd", "-f", "-p", "8080", "-h", "/www");
    assertThat(found.getHostConfig().getMemory()).isEqualTo(64L << 20);
    assertThat(found.getHostConfig().getNanoCPUs()).isEqualTo(500_000_000L);
    assertThat(found.getHostConfig().getRestartPolicy().getName()).isEqualTo("always");
    assertThat(
            engine.file(found.getId(), "/etc/app/app.conf").flatMap(Tars::first).orElseThrow())
        .asString()
        .isEqualTo("colour=green");
    assertThat(found.getConfig().getLabels())
        .containsEntry(Labels.APP, app.value())
        .containsEntry(Labels.COMPONENT, "web")
        .containsKeys(Labels.STEP, Labels.GENERATION);
  }

  @Test
  void container_ofConsumer_hasWhatItsProviderAndItsGroupsHandOut() {
    Component provider = Images.web("db-1", one).toBuilder()
        .connections(Keyed.of(variable("DB_HOST", "127.0.0.1", 8080), variable("DB_USER", "u", 0)))
        .build();
    Component consumer = Images.web("web", one).toBuilder()
        .dependencies(Keyed.of(new Dependency(provider.id())))
        .build();
    AppSpec spec = AppSpec.builder()
        .components(Keyed.of(provider, consumer))
        .configGroups(Keyed.of(new ConfigGroup("common", "env", true)))
        .configItems(Keyed.of(new ConfigItem("common", "ZONE", Setting.plain("a"))))
        .configMembers(Keyed.of(new ConfigMember("common", WEB)))
        .build();

    backend.apply(
        nextStep(),
        new dev.switchback.deploy.ComponentTarget(
            new AppTarget(app, 1, spec), WEB, dev.switchback.model.app.StepAction.CREATE));

    assertThat(inspect().getConfig().getEnv())
        .contains("DB_HOST=db-1", "DB_USER=u", "ZONE=a", "WEB_PORT=8080");
  }

  @Test
  void commandProbe_withoutAShellInTheImage_isTheEnginesHealthCheck() {
    Probe good = command("/bin/busybox test -e /etc/version");
    bringUp(Images.web("web", one).toBuilder().probes(Keyed.of(good)).build());

    Probe bad = command("/bin/busybox test -e /nowhere");
    apply(Images.web("web", one).toBuilder().probes(Keyed.of(bad)).build());

    var seen = await(WEB, observation -> observation.health() == Health.DEGRADED);
    assertThat(seen.findings()).extracting(Finding::reason).contains("health-check-failed");
  }

  private static Probe command(String command) {
    return new Probe("readiness", "cmd", "", 0, command, "", 1, 1, 2, 2, 1, true);
  }

  @Test
  void digest_whateverHappensToTheTag_isWhatRuns() {
    client.tagImageCmd(artifact(two), "example/web", "1").exec();
    String moved = engine
        .images()
        .tagged("switchback-artifact:" + one.digest().hex() + "-*")
        .keySet()
        .iterator()
        .next();

    bringUp(Images.web("web", one));

    assertThat(instances(WEB).get(0).imageId()).isEqualTo(artifact(one));
    assertThat(moved).contains(one.digest().hex());
    client.removeImageCmd("example/web:1").exec();
  }

  private String artifact(Image image) {
    return new Artifacts(engine).find(image.digest(), "").orElseThrow();
  }

  @Test
  void artifact_thatIsNotWhatItsDigestSays_isRefused() {
    var loader = backend.artifactLoader().orElseThrow();
    MachineImage three = Images.web("3");

    assertThatThrownBy(() -> loader.load(three.digest(), Images.web("4").open()))
        .isInstanceOf(DeploymentException.class)
        .hasMessageContaining("no image with that digest");
    assertThatThrownBy(() -> loader.load(three.digest(), new ByteArrayInputStream(new byte[1000])))
        .isInstanceOf(DeploymentException.class);
    assertThat(loader.present(List.of(three.digest(), one.digest()))).containsExactly(one.digest());
  }

  @Test
  void artifacts_whenPruned_stayIfTheyAreKeptOrUsed() {
    MachineImage three = Images.web("3");
    Image extra = Images.load(backend, "3");
    bringUp(Images.web("web", one));
    Set<dev.switchback.model.Digest> keep =
        new java.util.TreeSet<>(engine.images().tagged("switchback-artifact:*").keySet().stream()
            .map(tag -> new dev.switchback.model.Digest(tag.substring(20, 84)))
            .toList());
    keep.removeAll(List.of(three.digest(), one.digest()));

    assertThat(backend.pruneArtifacts(keep)).containsExactly(three.digest());
    assertThat(backend
            .artifactLoader()
            .orElseThrow()
            .present(List.of(one.digest(), two.digest(), extra.digest())))
        .containsExactlyInAnyOrder(one.digest(), two.digest());
  }

  @Test
  void port_thatIsTaken_isTold() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Component web =
          Images.web("web", one).toBuilder().ports(Images.published()).build();
      AppSpec spec = AppSpec.builder()
          .components(Keyed.of(web))
          .streamRoutes(Keyed.of(
              new StreamRoute(WEB, 8080, "tcp", "127.0.0.1:" + taken.getLocalPort(), null)))
          .build();

      assertThatThrownBy(() -> backend.apply(
              nextStep(),
              new dev.switchback.deploy.ComponentTarget(
                  new AppTarget(app, 1, spec), WEB, dev.switchback.model.app.StepAction.CREATE)))
          .isInstanceOfSatisfying(
              DeploymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PORT_TAKEN));
    }
    assertThat(engine.containers(app)).isEmpty();
    assertThat(engine.networks().find(Names.network(app))).isEmpty();
  }

  @Test
  void name_thatSomebodyElseHas_isToldAndLeftAlone() {
    Component web = Images.web("web", one);
    var step = nextStep();
    String foreign = client
        .createContainerCmd(artifact(one))
        .withName(Names.instance(app, WEB, step, 0))
        .exec()
        .getId();
    try {
      assertThatThrownBy(() -> backend.apply(step, target(web)))
          .isInstanceOfSatisfying(
              DeploymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NAME_TAKEN));
      assertThat(engine.inspect(foreign)).isPresent();
    } finally {
      engine.remove(foreign, "foreign");
    }
  }

  @Test
  void program_thatIsNotInTheImage_isRefusedAndNothingIsLeft() {
    Component web = Images.web("web", one).toBuilder().command("/bin/nothing").build();

    assertThatThrownBy(() -> apply(web))
        .isInstanceOfSatisfying(
            DeploymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    assertThat(engine.containers(app)).isEmpty();
  }

  @Test
  void programOfAStatefulComponent_thatIsNotInItsNextImage_isToldBesideWhatIsWell() {
    Component db = Images.web("db", one).toBuilder()
        .workload(new Workload("state_singleton"))
        .build();
    Component web = Images.web("web", one);
    bringUp(db, web);
    bringUp(web, db);

    apply(db.toBuilder().command("/bin/nothing").build(), web);

    var seen = await(db.id(), observation -> observation.health() == Health.FAILED);
    assertThat(seen.findings()).extracting(Finding::reason).containsExactly("not-started");
    assertThat(seen.findings().toString()).contains("/bin/nothing");
    assertThat(observe(WEB).health()).isEqualTo(Health.READY);
    assertThat(bringUp(db, web).image()).isEqualTo(one);
    assertThat(instances(db.id())).hasSize(1);
  }

  @Test
  void start_thatTheEngineKeepsHalfOf_isNotTakenForANameThatSomebodyHas() {
    String task = "task " + "3e2f".repeat(16) + ": already exists";
    for (String words : List.of(task, "id already in use")) {
      DeploymentException half = Failures.of(
          "start container web",
          new InternalServerErrorException("{\"message\":\"" + words + "\"}"));
      assertThat(half.reason()).isEqualTo(Reason.REFUSED);
      assertThat(Failures.isHalfStarted(half)).isTrue();
    }
    DeploymentException taken = Failures.of(
        "create network shop",
        new ConflictException("{\"message\":\"network with name shop already exists\"}"));

    assertThat(taken.reason()).isEqualTo(Reason.NAME_TAKEN);
    assertThat(Failures.isHalfStarted(taken)).isFalse();
  }

  @Test
  void instance_thatTheEngineKeepsHalfOf_isMadeAnew() {
    Component web = Images.web("web", one);
    List<String> started = new ArrayList<>();
    DockerClient killed = (DockerClient) Proxy.newProxyInstance(
        DockerClient.class.getClassLoader(),
        new Class<?>[] {DockerClient.class},
        (self, method, arguments) -> {
          if (method.getName().equals("startContainerCmd")) {
            started.add((String) arguments[0]);
            if (started.size() == 1) {
              throw new InternalServerErrorException("{\"message\":\"id already in use\"}");
            }
          }
          return method.invoke(client, arguments);
        });
    Engine half = new Engine(killed, Duration.ZERO);

    new Rollout(half, new Artifacts(half), null, "127.0.0.1")
        .bringUp(nextStep(), target(web), View.of(WEB, List.of()));

    await(WEB, observation -> observation.health() == Health.READY);
    assertThat(started).hasSize(2).doesNotHaveDuplicates();
    assertThat(instances(WEB)).extracting(Seen::id).containsExactly(started.get(1));
  }

  @Test
  void engine_thatIsNotThere_isUnreachable() {
    assertThatThrownBy(
            () -> DockerBackend.builder().host("unix:///var/run/no-such.sock").open())
        .isInstanceOfSatisfying(
            DeploymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  @Test
  void inspector_ofWhatNobodyTouched_seesWhatIsRecorded() {
    bringUp(full());

    assertThat(inspected(full())).containsExactly(full());
  }

  @Test
  void inspector_ofWhatSomebodyChanged_seesTheChange() {
    bringUp(full());
    String id = instances(WEB).get(0).id();
    client.updateContainerCmd(id).withMemory(128L << 20).withMemorySwap(-1L).exec();
    engine.put(
        id,
        "web",
        Tars.of(
            "/etc/app/app.conf", "colour=red".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    Component seen = inspected(full()).get(0);

    assertThat(seen.memoryMb()).isEqualTo(128);
    assertThat(seen.configFiles().get(0).content().reveal()).isEqualTo("colour=red");
    assertThat(seen.toBuilder().memoryMb(64).configFiles(full().configFiles()).build())
        .isEqualTo(full());
  }

  @Test
  void inspector_ofWhatIsGoneOrUnknown_leavesOutAndAdds() {
    bringUp(full());

    assertThat(inspected(Images.web("other", two)))
        .extracting(Component::key)
        .containsExactly("web");
  }

  private List<Component> inspected(Component recorded) {
    AppSpec spec = AppSpec.builder().components(Keyed.of(recorded)).build();
    return backend.inspector().orElseThrow().inspect(new AppTarget(app, 1, spec));
  }

  @Test
  void health_ofWhatEnds_tellsWhyWithoutItsSecrets() {
    Component web = Images.web("web", one).toBuilder()
        .env(Keyed.of(new EnvVar("DB_PASSWORD", Setting.secret("s3cr3t-x"), "", true, 0)))
        .command("/bin/busybox sh -c 'echo cannot log in with $DB_PASSWORD; exit 7'")
        .build();
    apply(web);

    // Between two starts the engine tells the exit code; for a moment after each it does not.
    var seen = await(
        WEB,
        observation -> observation.health() == Health.FAILED
            && observation.findings().toString().contains("exit code"));

    assertThat(seen.findings().toString())
        .contains("exit code 7", "cannot log in with (secret)")
        .doesNotContain("s3cr3t-x");
  }

  @Test
  void instance_thatSomebodyRemoved_isMissed() {
    bringUp(Images.web("web", one));
    engine.remove(instances(WEB).get(0).id(), "web");

    assertThat(backend.observe(app)).isEmpty();
    assertThatThrownBy(() -> client.inspectContainerCmd("no-such").exec())
        .isInstanceOf(NotFoundException.class);
  }
}
