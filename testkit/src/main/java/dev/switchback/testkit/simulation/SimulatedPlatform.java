// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.simulation;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Finding;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Volume;
import dev.switchback.testkit.simulation.SimulatedState.SimulatedApp;
import dev.switchback.testkit.simulation.SimulatedState.SimulatedComponent;
import dev.switchback.testkit.simulation.SimulatedState.SimulatedVolume;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What runs, without any fault. Guarded by the lock of the backend. */
final class SimulatedPlatform {

  /** One app; its values are immutable, so a copy of the maps is a snapshot. */
  private static final class App {
    private AppSpec shared = AppSpec.empty();
    private final NavigableMap<ComponentKey, SimulatedComponent> components = new TreeMap<>();
    private final NavigableMap<ComponentKey, NavigableMap<String, String>> volumes =
        new TreeMap<>();
    private final Set<StepId> steps = new LinkedHashSet<>();
  }

  private final NavigableMap<AppId, App> apps = new TreeMap<>();
  private final NavigableSet<Digest> artifacts = new TreeSet<>();

  static SimulatedPlatform of(SimulatedState state) {
    SimulatedPlatform platform = new SimulatedPlatform();
    platform.artifacts.addAll(state.artifacts());
    for (SimulatedApp saved : state.apps()) {
      App app = platform.app(saved.app());
      app.shared = saved.shared();
      saved.components().forEach(c -> app.components.put(c.wanted().id(), c));
      saved
          .volumes()
          .forEach(v -> volumesOf(app, new ComponentKey(v.component())).put(v.path(), v.content()));
      app.steps.addAll(saved.steps());
    }
    return platform;
  }

  SimulatedState snapshot() {
    List<SimulatedApp> saved = new ArrayList<>();
    apps.forEach((id, app) -> {
      List<SimulatedVolume> volumes = new ArrayList<>();
      app.volumes.forEach((component, contents) -> contents.forEach(
          (path, content) -> volumes.add(new SimulatedVolume(component.value(), path, content))));
      saved.add(new SimulatedApp(
          id, app.shared, List.copyOf(app.components.values()), volumes, List.copyOf(app.steps)));
    });
    return new SimulatedState(saved, List.copyOf(artifacts));
  }

  private App app(AppId id) {
    return apps.computeIfAbsent(id, absent -> new App());
  }

  boolean wasDone(AppId id, StepId step) {
    App app = apps.get(id);
    return app != null && app.steps.contains(step);
  }

  void apply(StepId step, ComponentTarget target, int rollTicks, SimulatedFaults faults) {
    App app = app(target.app().app());
    Component wanted = target.wanted();
    int ticks = faults.health(wanted).isPresent() ? Math.max(1, rollTicks) : rollTicks;
    SimulatedComponent present = app.components.get(target.component());
    app.components.put(
        target.component(),
        new SimulatedComponent(
            wanted,
            ticks == 0 ? wanted : present == null ? null : present.serving(),
            target.app().generation(),
            step,
            Math.max(1, wanted.scaling().minReplicas()),
            ticks));
    for (Volume volume : wanted.volumes()) {
      volumesOf(app, target.component()).putIfAbsent(volume.path(), "");
    }
    app.steps.add(step);
  }

  void remove(StepId step, AppId id, ComponentKey component) {
    App app = app(id);
    app.components.remove(component);
    app.steps.add(step);
  }

  void applyShared(StepId step, AppTarget target) {
    App app = app(target.app());
    app.shared = target.spec().toBuilder().components(Keyed.empty()).build();
    app.steps.add(step);
  }

  /** Tells what of the app is there, before anything moves on. */
  List<Observation> observe(AppId id, SimulatedFaults faults) {
    App app = apps.get(id);
    return app == null
        ? List.of()
        : app.components.values().stream().map(c -> observation(c, faults)).toList();
  }

  private static Observation observation(SimulatedComponent component, SimulatedFaults faults) {
    Optional<Health> bad = faults.health(component.wanted());
    int stepsToCome = bad.isPresent() ? component.ticksLeft() - 1 : component.ticksLeft();
    Health health = stepsToCome > 0 ? Health.PROGRESSING : bad.orElse(Health.READY);
    return new Observation(
        component.wanted().id(),
        health,
        component.generation(),
        component.step(),
        component.serving() == null ? null : component.serving().image(),
        findings(component, health));
  }

  /** Tells what really serves, and what is on its way where nothing does yet. */
  List<Component> inspect(AppId id) {
    App app = apps.get(id);
    return app == null
        ? List.of()
        : app.components.values().stream()
            .map(c -> c.serving() == null ? c.wanted() : c.serving())
            .toList();
  }

  private static List<Finding> findings(SimulatedComponent component, Health health) {
    String name = component.wanted().toString();
    return switch (health) {
      case READY -> List.of();
      case PROGRESSING -> List.of(new Finding("rolling", name + " is on its way"));
      case DEGRADED -> List.of(new Finding("probe-failed", "a probe of " + name + " is not good"));
      case FAILED -> List.of(new Finding("crash-loop", name + " ends again and again"));
    };
  }

  /**
   * Lets the rolls of an app go on by one step; the last step of one that was told never to be
   * healthy does not end, so that the component before it goes on serving.
   *
   * @return whether anything moved
   */
  boolean tick(AppId id, SimulatedFaults faults) {
    App app = apps.get(id);
    if (app == null) {
      return false;
    }
    boolean moved = false;
    for (SimulatedComponent c : List.copyOf(app.components.values())) {
      int left = c.ticksLeft() - 1;
      if (left > 0 || (left == 0 && faults.health(c.wanted()).isEmpty())) {
        app.components.put(
            c.wanted().id(),
            new SimulatedComponent(
                c.wanted(),
                left == 0 ? c.wanted() : c.serving(),
                c.generation(),
                c.step(),
                c.replicas(),
                left));
        moved = true;
      }
    }
    return moved;
  }

  /** Changes what runs behind the back of whoever applied it. */
  void tamper(AppId id, ComponentKey key, Function<Component, Component> change) {
    SimulatedComponent c = component(id, key).orElseThrow(() -> absent(id, key));
    Component serving = c.serving() == null ? c.wanted() : c.serving();
    app(id)
        .components
        .put(
            key,
            new SimulatedComponent(
                c.wanted(), change.apply(serving), c.generation(), c.step(), c.replicas(), 0));
  }

  void vanish(AppId id, ComponentKey key) {
    if (component(id, key).isEmpty()) {
      throw absent(id, key);
    }
    app(id).components.remove(key);
  }

  Optional<SimulatedComponent> component(AppId id, ComponentKey key) {
    App app = apps.get(id);
    return app == null ? Optional.empty() : Optional.ofNullable(app.components.get(key));
  }

  AppSpec shared(AppId id) {
    App app = apps.get(id);
    return app == null ? AppSpec.empty() : app.shared;
  }

  Optional<String> readVolume(AppId id, ComponentKey key, String path) {
    App app = apps.get(id);
    return app == null || !app.volumes.containsKey(key)
        ? Optional.empty()
        : Optional.ofNullable(volumesOf(app, key).get(path));
  }

  void writeVolume(AppId id, ComponentKey key, String path, String content) {
    if (readVolume(id, key, path).isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid volume: " + key + " of " + id + " has none at " + path);
    }
    volumesOf(app(id), key).put(path, content);
  }

  private static NavigableMap<String, String> volumesOf(App app, ComponentKey key) {
    return app.volumes.computeIfAbsent(key, absent -> new TreeMap<>());
  }

  Set<Digest> artifacts() {
    return artifacts;
  }

  private static IllegalArgumentException absent(AppId id, ComponentKey key) {
    return new IllegalArgumentException("Invalid component: " + id + " runs no " + key);
  }
}
