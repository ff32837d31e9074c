// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A backend on a real engine, an app on it, and a way to look at the engine from the side. */
abstract class OnEngine {

  static final ComponentKey WEB = new ComponentKey("web");

  final AppId app = new AppId("t-" + getClass().getSimpleName());
  final DockerClient client = Site.client();
  final Engine engine = new Engine(client, Duration.ofSeconds(10));
  DockerBackend backend = open();
  final Image one = Images.load(backend, "1");
  final Image two = Images.load(backend, "2");
  private int steps;

  DockerBackend open() {
    return DockerBackend.builder().publishOn("127.0.0.1").open();
  }

  @BeforeEach
  final void cleanUp() {
    List<Seen> left = engine.containers(app);
    left.forEach(seen -> engine.remove(seen.id(), seen.name()));
    engine.gateway(app).ifPresent(seen -> engine.remove(seen.id(), seen.name()));
    engine.networks().remove(Names.network(app));
    client
        .listVolumesCmd()
        .withFilter("label", List.of(Labels.APP + "=" + app.value()))
        .exec()
        .getVolumes()
        .forEach(volume -> client.removeVolumeCmd(volume.getName()).exec());
  }

  @AfterEach
  final void close() throws IOException {
    cleanUp();
    backend.close();
    client.close();
  }

  final StepId nextStep() {
    return new StepId("test-" + steps++);
  }

  final ComponentTarget target(Component component, Component... others) {
    AppSpec.Builder spec = AppSpec.builder();
    Keyed<Component> all = Keyed.of(others).with(component);
    return new ComponentTarget(
        new AppTarget(app, steps + 1, spec.components(all).build()),
        component.id(),
        StepAction.BUILD);
  }

  final StepId apply(Component component, Component... others) {
    StepId step = nextStep();
    backend.apply(step, target(component, others));
    return step;
  }

  final Observation bringUp(Component component, Component... others) {
    apply(component, others);
    return await(component.id(), seen -> seen.health() == Health.READY);
  }

  final Observation observe(ComponentKey key) {
    return backend.observe(app).stream()
        .filter(seen -> seen.component().equals(key))
        .findFirst()
        .orElseThrow();
  }

  final Observation await(ComponentKey key, Predicate<Observation> expected) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    Observation seen = observe(key);
    while (!expected.test(seen)) {
      assertThat(System.nanoTime() - deadline).as("%s", seen).isNegative();
      LockSupport.parkNanos(20_000_000);
      seen = observe(key);
    }
    return seen;
  }

  final List<Seen> instances(ComponentKey key) {
    return engine.containers(app, key).stream().filter(seen -> !seen.isProxy()).toList();
  }

  /** Where a port is published, as the backend tells it. */
  final String address(ComponentKey key) {
    String message = observe(key).findings().stream()
        .filter(finding -> finding.reason().equals("published"))
        .map(Observation.Finding::message)
        .findFirst()
        .orElseThrow();
    return "http://" + message.substring(message.lastIndexOf(' ') + 1) + "/";
  }
}
