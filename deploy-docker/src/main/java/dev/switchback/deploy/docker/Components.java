// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.Observation;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Changes components and looks at them; in this process never both at once for one of them. */
final class Components implements AutoCloseable {

  /** How long a look waits for something to come about; what takes longer, a later one sees. */
  private static final Duration LOOK = Duration.ofMillis(1500);

  private static final Duration LOOK_PATIENCE = Duration.ofSeconds(2);

  private final Engine engine;
  private final Engine hastyEngine;
  private final Workers workers = new Workers();
  private final Health health;
  private final Rollout rollout;
  private final Handovers handovers;
  private final Duration stopGrace;
  private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  Components(
      Engine engine,
      Artifacts artifacts,
      @Nullable Proxies proxies,
      String publishOn,
      Duration stopGrace,
      InstantSource clock) {
    this.engine = engine;
    this.hastyEngine = engine.waitingAtMost(LOOK_PATIENCE);
    this.health = new Health(hastyEngine, clock);
    this.rollout = new Rollout(engine, artifacts, proxies, publishOn);
    this.handovers = new Handovers(hastyEngine, health, proxies, workers, stopGrace, LOOK);
    this.stopGrace = stopGrace;
  }

  /** Tells of all that are there, and takes their handovers further. */
  List<Observation> observe(AppId app) {
    List<Seen> found = hastyEngine.all(app);
    Optional<Seen> gateway = found.stream().filter(Seen::isGateway).findFirst();
    List<Seen> others = found.stream().filter(seen -> !seen.isGateway()).toList();
    return workers
        .map(List.copyOf(View.of(others).values()), view -> look(app, view, gateway))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Observation> look(AppId app, View seen, Optional<Seen> gateway) {
    View view = goOn(app, seen);
    return view.current().map(turn -> health.observe(view, turn, gateway));
  }

  /** Takes a handover further, unless somebody is at it. */
  private View goOn(AppId app, View seen) {
    ReentrantLock lock = lock(app, seen.component());
    if (!handovers.isDue(seen) || !lock.tryLock()) {
      return seen;
    }
    try {
      View view = view(hastyEngine, app, seen.component());
      return handovers.isDue(view) ? handovers.advance(app, view) : view;
    } finally {
      lock.unlock();
    }
  }

  /** Brings up what {@code step} wants, unless a later step came after it. */
  void apply(StepId step, ComponentTarget target) {
    AppId app = target.app().app();
    ComponentKey key = target.component();
    ReentrantLock lock = lock(app, key);
    lock.lock();
    try {
      View view = view(engine, app, key);
      if (!view.isPast(step)) {
        rollout.bringUp(step, target, view);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes one down, and with the last one what the app's components share. */
  void remove(AppId app, ComponentKey component) {
    ReentrantLock lock = lock(app, component);
    lock.lock();
    try {
      View view = view(engine, app, component);
      for (Seen proxy : view.proxies()) {
        engine.remove(proxy.id(), proxy.name());
      }
      List<Seen> instances =
          view.turns().stream().flatMap(turn -> turn.instances().stream()).toList();
      workers.forEach(instances, instance -> {
        engine.stop(instance, stopGrace);
        engine.remove(instance.id(), instance.name());
      });
      if (engine.containers(app).isEmpty()) {
        engine.gateway(app).ifPresent(left -> engine.remove(left.id(), left.name()));
        engine.networks().remove(Names.network(app));
      }
    } finally {
      lock.unlock();
    }
  }

  private static View view(Engine engine, AppId app, ComponentKey key) {
    return View.of(key, engine.containers(app, key));
  }

  private ReentrantLock lock(AppId app, ComponentKey key) {
    return locks.computeIfAbsent(app.value() + "/" + key.value(), name -> new ReentrantLock());
  }

  @Override
  public void close() {
    workers.close();
  }
}
