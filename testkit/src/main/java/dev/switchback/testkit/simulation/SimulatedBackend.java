// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.simulation;

import static java.util.Objects.requireNonNull;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.deploy.Inspector;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.testkit.simulation.SimulatedCall.Method;
import dev.switchback.testkit.simulation.SimulatedCall.Result;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A deployment backend without a platform: it keeps what would run, rolls components over, keeps
 * volumes and their content when a component goes, knows each step that it has done, and fails when
 * told to.
 *
 * <p>Time is counted in observations: a change is {@linkplain Health#PROGRESSING progressing} in the
 * first observations after it (one, unless {@link #rollTicks} says otherwise) while the component
 * before it still serves, then ready.
 *
 * <p>Safe for use by many threads. Faults are not part of the {@linkplain #snapshot state}.
 */
public final class SimulatedBackend implements DeploymentBackend {

  private final SimulatedPlatform platform;
  private final SimulatedFaults faults = new SimulatedFaults();
  private final List<SimulatedCall> calls = new ArrayList<>();
  private final List<Consumer<SimulatedState>> listeners = new ArrayList<>();
  private int rollTicks = 1;
  private Function<? super AppTarget, List<Obstacle>> means = target -> List.of();
  private BiFunction<? super AppTarget, ? super AppTarget, List<Obstacle>> omissions =
      (recorded, wanted) -> List.of();
  private boolean loadsArtifacts;
  private boolean closed;

  /** Makes a backend that runs nothing. */
  public SimulatedBackend() {
    this(new SimulatedPlatform());
  }

  private SimulatedBackend(SimulatedPlatform platform) {
    this.platform = platform;
  }

  /** Makes a backend that runs what {@code state} says; rolls go on where they were. */
  public static SimulatedBackend restore(SimulatedState state) {
    return new SimulatedBackend(SimulatedPlatform.of(state));
  }

  /** Returns everything that runs, volumes and done steps included. */
  public synchronized SimulatedState snapshot() {
    return platform.snapshot();
  }

  /**
   * Hands {@code listener} the state after every change, in order, before the call that made the
   * change returns. An observation that lets a roll go on is a change, too. What the listener throws
   * reaches the caller; the change stays.
   */
  public synchronized SimulatedBackend onChange(Consumer<SimulatedState> listener) {
    listeners.add(requireNonNull(listener, "listener"));
    return this;
  }

  /** Sets how many observations find a changed component still progressing; 0 for none. */
  public synchronized SimulatedBackend rollTicks(int ticks) {
    if (ticks < 0) {
      throw new IllegalArgumentException("Invalid number of ticks: " + ticks + " is negative");
    }
    rollTicks = ticks;
    return this;
  }

  /**
   * Gives this backend the ability to take in artifacts, such as {@link SimulatedImage}. From now on
   * it refuses a component whose image has a digest that was not taken in.
   */
  public synchronized SimulatedBackend withArtifactLoader() {
    loadsArtifacts = true;
    return this;
  }

  /** Takes away the means for what {@code check} finds: it is told before, and not refused after. */
  public synchronized SimulatedBackend withoutMeansFor(
      Function<? super AppTarget, List<Obstacle>> check) {
    means = requireNonNull(check, "check");
    return this;
  }

  /** Leaves out what {@code omissions} finds between a recorded and a wanted app, and tells so. */
  public synchronized SimulatedBackend leavingOut(
      BiFunction<? super AppTarget, ? super AppTarget, List<Obstacle>> omissions) {
    this.omissions = requireNonNull(omissions, "omissions");
    return this;
  }

  // What it does as a backend.

  @Override
  public synchronized List<Obstacle> leftOut(AppTarget recorded, AppTarget wanted) {
    return List.copyOf(omissions.apply(recorded, wanted));
  }

  @Override
  public synchronized List<Obstacle> check(AppTarget target) {
    return List.copyOf(means.apply(target));
  }

  @Override
  public List<Observation> observe(AppId app) {
    requireNonNull(app, "app");
    List<Observation> observations = new ArrayList<>();
    answer(Method.OBSERVE, "observe " + app, app, null, null, () -> {
      observations.addAll(platform.observe(app, faults));
      if (platform.tick(app, faults)) {
        changed();
      }
      return Result.DONE;
    });
    return List.copyOf(observations);
  }

  @Override
  public void apply(StepId step, ComponentTarget target) {
    AppId app = target.app().app();
    ComponentKey key = target.component();
    change(Method.APPLY, "apply " + key + " of " + app, app, key, step, () -> {
      requireArtifact(target.wanted());
      platform.apply(step, target, rollTicks, faults);
    });
  }

  @Override
  public void remove(StepId step, AppId app, ComponentKey component) {
    change(
        Method.REMOVE,
        "remove " + component + " of " + app,
        app,
        component,
        step,
        () -> platform.remove(step, app, component));
  }

  @Override
  public void applyShared(StepId step, AppTarget target) {
    change(
        Method.APPLY_SHARED,
        "apply what " + target.app() + " shares",
        target.app(),
        null,
        step,
        () -> platform.applyShared(step, target));
  }

  @Override
  public synchronized Optional<ArtifactLoader> artifactLoader() {
    return loadsArtifacts ? Optional.of(new Loader()) : Optional.empty();
  }

  @Override
  public Optional<Inspector> inspector() {
    return Optional.of(this::inspect);
  }

  private List<Component> inspect(AppTarget recorded) {
    List<Component> components = new ArrayList<>();
    answer(Method.INSPECT, "inspect " + recorded.app(), recorded.app(), null, null, () -> {
      components.addAll(platform.inspect(recorded.app()));
      return Result.DONE;
    });
    return List.copyOf(components);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  // What it is told to get wrong.

  /** Makes every change of {@code component} fail for {@code reason}, until {@link #heal}. */
  public synchronized SimulatedBackend failOn(ComponentKey component, Reason reason) {
    faults.refuse(component, reason);
    return this;
  }

  /** Makes the call with {@code number}, counted from 1 over all calls, fail for {@code reason}. */
  public synchronized SimulatedBackend failCall(int number, Reason reason) {
    faults.script(number, reason);
    return this;
  }

  /** Makes the next {@code calls} calls of any kind fail as unreachable. */
  public synchronized SimulatedBackend unreachable(int calls) {
    faults.unreachable(calls);
    return this;
  }

  /** Makes {@code component} fail whenever it rolls or runs, until {@link #heal}. */
  public SimulatedBackend neverHealthy(ComponentKey component) {
    return neverHealthy(component, Health.FAILED);
  }

  /** Makes {@code component} be at best in {@code health}, until {@link #heal}. */
  public synchronized SimulatedBackend neverHealthy(ComponentKey component, Health health) {
    faults.health(component, health);
    return this;
  }

  /**
   * Makes every component fail whose image reference contains {@code text}, until {@link #heal}; the
   * component before it goes on serving.
   */
  public synchronized SimulatedBackend neverHealthyImage(String text) {
    faults.health(text, Health.FAILED);
    return this;
  }

  /** Takes every fault away; rolls that could not end will. */
  public synchronized SimulatedBackend heal() {
    faults.clear();
    return this;
  }

  /** Changes what runs behind the back of whoever applied it, as a person with a console would. */
  public synchronized void tamper(
      AppId app, ComponentKey component, UnaryOperator<Component> change) {
    platform.tamper(app, component, change);
    changed();
  }

  /** Takes a component down behind the back of whoever applied it; its volumes stay. */
  public synchronized void vanish(AppId app, ComponentKey component) {
    platform.vanish(app, component);
    changed();
  }

  // What a test wants to know.

  /** Returns the component as it runs; empty if it is not there or nothing serves yet. */
  public synchronized Optional<Component> serving(AppId app, ComponentKey component) {
    return platform.component(app, component).flatMap(c -> Optional.ofNullable(c.serving()));
  }

  /** Returns what the components of {@code app} share, as it was last applied. */
  public synchronized AppSpec shared(AppId app) {
    return platform.shared(app);
  }

  /** Returns the content of a volume, empty text if new; empty if there is no such volume. */
  public synchronized Optional<String> readVolume(AppId app, ComponentKey component, String path) {
    return platform.readVolume(app, component, path);
  }

  /**
   * Puts {@code content} into a volume.
   *
   * @throws IllegalArgumentException if there is no such volume
   */
  public synchronized void writeVolume(
      AppId app, ComponentKey component, String path, String content) {
    platform.writeVolume(app, component, path, content);
    changed();
  }

  /** Returns every call so far, in order. */
  public synchronized List<SimulatedCall> calls() {
    return List.copyOf(calls);
  }

  /** Returns the calls that did something: changes that were made for the first time, in order. */
  public synchronized List<SimulatedCall> changes() {
    return calls.stream()
        .filter(call -> call.step() != null && call.result() == Result.DONE)
        .toList();
  }

  private void change(
      Method method,
      String what,
      AppId app,
      @Nullable ComponentKey component,
      StepId step,
      Runnable change) {
    requireNonNull(step, "step");
    answer(method, what, app, component, step, () -> {
      if (platform.wasDone(app, step)) {
        return Result.REPEATED;
      }
      change.run();
      changed();
      return Result.DONE;
    });
  }

  /** Logs the call as failed, and as what it turned out to be once it did not fail. */
  private synchronized void answer(
      Method method,
      String what,
      @Nullable AppId app,
      @Nullable ComponentKey component,
      @Nullable StepId step,
      Supplier<Result> call) {
    if (closed) {
      throw new IllegalStateException("Cannot " + what + ": the backend was closed");
    }
    int number = calls.size() + 1;
    calls.add(new SimulatedCall(number, method, app, component, step, Result.FAILED));
    faults.check(number, what, component);
    Result result = call.get();
    calls.set(number - 1, new SimulatedCall(number, method, app, component, step, result));
  }

  private void changed() {
    if (!listeners.isEmpty()) {
      SimulatedState state = platform.snapshot();
      listeners.forEach(listener -> listener.accept(state));
    }
  }

  private void requireArtifact(Component wanted) {
    Digest digest = wanted.image().digest();
    if (loadsArtifacts && digest != null && !platform.artifacts().contains(digest)) {
      throw new DeploymentException(
          Reason.IMAGE_MISSING,
          "Cannot run " + wanted + ": its image " + digest + " was not taken in",
          null);
    }
  }

  /** Takes images in by reading them to their end, and keeps only that they are here. */
  private final class Loader implements ArtifactLoader {

    @Override
    public Set<Digest> present(Collection<Digest> digests) {
      Set<Digest> present = new TreeSet<>(digests);
      answer(Method.PRESENT, "find artifacts", null, null, null, () -> {
        present.retainAll(platform.artifacts());
        return Result.DONE;
      });
      return Collections.unmodifiableSet(present);
    }

    @Override
    public void load(Digest digest, InputStream image) {
      requireNonNull(digest, "digest");
      answer(Method.LOAD, "take in " + digest, null, null, null, () -> {
        if (platform.artifacts().contains(digest)) {
          return Result.REPEATED;
        }
        try {
          if (!SimulatedImage.holds(digest, image)) {
            throw new DeploymentException(
                Reason.REFUSED,
                "Cannot take in " + digest + ": the bytes are no OCI layout that has it",
                null);
          }
        } catch (IOException e) {
          throw new DeploymentException(
              Reason.REFUSED, "Cannot take in " + digest + ": it could not be read", e);
        }
        platform.artifacts().add(digest);
        changed();
        return Result.DONE;
      });
    }
  }
}
