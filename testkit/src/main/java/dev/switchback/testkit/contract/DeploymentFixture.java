// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Volume;
import dev.switchback.testkit.faults.Fault;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the deployment contract asks of a backend. */
public abstract class DeploymentFixture {

  static final AppId APP = new AppId("switchback-contract");
  static final AppId OTHER_APP = new AppId("switchback-contract-2");
  static final ComponentKey WEB = new ComponentKey("web");
  static final ComponentKey DB = new ComponentKey("db");

  /** The one volume of a component with a volume. */
  static final String VOLUME_PATH = "/data";

  private static final long SHORTEST_PAUSE = Duration.ofMillis(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMillis(200).toNanos();

  private final List<DeploymentBackend> opened = new ArrayList<>();
  private int steps;

  DeploymentBackend backend;

  /** Makes a test of the contract. */
  protected DeploymentFixture() {}

  /** Reaches into the volumes of what a backend runs. */
  public interface Volumes {

    /** Puts {@code text} into the volume that {@code component} mounts at {@code path}. */
    void write(AppId app, ComponentKey component, String path, String text);

    /** Returns what was put into the volume; empty if there is no such volume. */
    Optional<String> read(AppId app, ComponentKey component, String path);
  }

  /** An image that a backend can take in. */
  public interface Artifact {

    /** Returns the image as a component names it, with its digest. */
    Image image();

    /** Opens its bytes: an OCI layout in a tar. */
    InputStream open();
  }

  /** Does to the platform what a person with a console would. */
  public interface Meddling {

    /** Takes a component down without the backend. */
    void takeDown(AppId app, ComponentKey component);
  }

  /**
   * Opens the backend under test: in each test on a platform that runs nothing of the test's apps,
   * and on the same one when it is called again.
   */
  protected abstract DeploymentBackend open();

  /**
   * Makes a component that the platform can run and that becomes healthy.
   *
   * @param key its key
   * @param version 1 or 2; the two run different artifacts
   */
  protected Component component(String key, int version) {
    return Component.builder(key)
        .name(key)
        .image(Image.of("nginx:1.1" + version))
        .env(Keyed.of(new EnvVar("VERSION", Setting.plain(Integer.toString(version)), "", true, 0)))
        .build();
  }

  /**
   * Makes a component that the platform accepts and that never becomes healthy; empty, and its tests
   * pass, if there is no such thing.
   */
  protected Optional<Component> brokenComponent(String key) {
    return Optional.empty();
  }

  /**
   * Makes a component whose image is nowhere to be found; empty, and its tests pass, if there is no
   * such thing.
   */
  protected Optional<Component> componentWithMissingImage(String key) {
    return Optional.empty();
  }

  /** Returns the way to the volumes; empty, and their tests pass, if there is none. */
  protected Optional<Volumes> volumes() {
    return Optional.empty();
  }

  /**
   * Makes an image that the platform does not have yet and can run, another one at each call; empty,
   * and the tests of {@link dev.switchback.deploy.ArtifactLoader} pass, if the backend is none.
   */
  protected Optional<Artifact> artifact() {
    return Optional.empty();
  }

  /** Returns the way to meddle; empty, and its tests pass, if there is none. */
  protected Optional<Meddling> meddling() {
    return Optional.empty();
  }

  /**
   * Tells whether the backend recognises a step that was followed by others. Overridden to return
   * false by one that knows only the last step of each component: there, a call that comes very late
   * brings back what was there before it.
   */
  protected boolean recognisesEarlierSteps() {
    return true;
  }

  /** Returns how long a component may take to become healthy. One minute unless overridden. */
  protected Duration patience() {
    return Duration.ofMinutes(1);
  }

  /** Opens the backend. */
  @BeforeEach
  protected final void openBackend() {
    backend = anotherHandle();
  }

  /** Takes down what a test left running, and closes every handle. */
  @AfterEach
  protected final void cleanUp() {
    try (DeploymentBackend last = open()) {
      for (AppId app : List.of(APP, OTHER_APP)) {
        last.observe(app).forEach(seen -> last.remove(nextStep(), app, seen.component()));
      }
    }
    opened.forEach(DeploymentBackend::close);
  }

  final DeploymentBackend anotherHandle() {
    DeploymentBackend another = open();
    opened.add(another);
    return another;
  }

  final StepId nextStep() {
    return new StepId("contract-" + System.nanoTime() + "-" + steps++);
  }

  static AppTarget app(AppId app, long generation, Component... components) {
    return new AppTarget(
        app, generation, AppSpec.builder().components(Keyed.of(components)).build());
  }

  static ComponentTarget target(AppTarget app, ComponentKey key, StepAction action) {
    return new ComponentTarget(app, key, action);
  }

  /** A backend as {@code backend}, whose first call from now goes wrong. */
  final DeploymentBackend withFault(Fault fault) {
    return new Faults(FaultPlan.at(1, fault)).backend(backend);
  }

  static Component withVolume(Component component) {
    return component.toBuilder()
        .volumes(
            Keyed.of(new Volume(VOLUME_PATH, "data", "share-file", 1, "RWX", "", "", "", "", null)))
        .build();
  }

  /** Brings one component up, alone in its app, and waits until it is ready. */
  final StepId create(AppId app, long generation, Component component) {
    StepId step = nextStep();
    backend.apply(step, target(app(app, generation, component), component.id(), StepAction.CREATE));
    awaitReady(app, component.id());
    return step;
  }

  final Optional<Observation> observed(AppId app, ComponentKey key) {
    return backend.observe(app).stream()
        .filter(observation -> observation.component().equals(key))
        .findFirst();
  }

  final Observation awaitReady(AppId app, ComponentKey key) {
    return await(app, key, observation -> observation.health() == Health.READY);
  }

  /** Asks until the component is there and as expected. */
  final Observation await(AppId app, ComponentKey key, Predicate<Observation> expected) {
    long deadline = System.nanoTime() + patience().toNanos();
    long pause = SHORTEST_PAUSE;
    Optional<Observation> last = observed(app, key);
    while (last.filter(expected).isEmpty()) {
      assertThat(System.nanoTime() - deadline)
          .as("%s of %s should have changed by now: %s", key, app, last)
          .isNegative();
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      last = observed(app, key);
    }
    return last.orElseThrow();
  }
}
