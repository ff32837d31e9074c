// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.engine;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/** A backend that takes a fixed time for each component, in the call or after it. */
final class TimedBackend implements DeploymentBackend {

  private record Running(Observation observation, long readyAt) {}

  private final Map<ComponentKey, Running> running = new ConcurrentSkipListMap<>();
  private final long call;
  private final long roll;

  /**
   * Makes one.
   *
   * @param call how long a call takes
   * @param roll how long after its call a component is healthy
   */
  TimedBackend(Duration call, Duration roll) {
    this.call = call.toNanos();
    this.roll = roll.toNanos();
  }

  @Override
  public List<Observation> observe(AppId app) {
    long now = System.nanoTime();
    List<Observation> seen = new ArrayList<>(running.size());
    for (Running each : running.values()) {
      Observation healthy = each.observation;
      seen.add(
          now - each.readyAt >= 0
              ? healthy
              : new Observation(
                  healthy.component(),
                  Health.PROGRESSING,
                  healthy.generation(),
                  healthy.step(),
                  null,
                  List.of()));
    }
    return seen;
  }

  @Override
  public void apply(StepId step, ComponentTarget target) {
    pause(call);
    Observation healthy = new Observation(
        target.component(),
        Health.READY,
        target.app().generation(),
        step,
        target.wanted().image(),
        List.of());
    running.put(target.component(), new Running(healthy, System.nanoTime() + roll));
  }

  @Override
  public void remove(StepId step, AppId app, ComponentKey component) {
    running.remove(component);
  }

  @Override
  public void applyShared(StepId step, AppTarget target) {}

  @Override
  public void close() {}

  /** Waits for {@code nanos} at least. */
  static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
