// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.Cost;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Level;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.Port;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the difference between the recorded and the wanted state into steps in waves: the cheapest
 * action for each component, providers before the components that need them, removals last and the
 * other way round. What the components share comes first; what they no longer share goes last, when
 * all of them have let go of it.
 */
final class StepMaker {

  /** What has been found to be done to one component. */
  private static final class Work {
    private StepAction action = StepAction.NOTHING;
    private final TreeSet<String> reasons = new TreeSet<>();

    void raise(StepAction wanted, String reason) {
      if (wanted.compareTo(action) > 0) {
        action = wanted;
      }
      reasons.add(reason);
    }

    Step step(ComponentKey key) {
      return new Step(action, key, String.join(", ", reasons));
    }
  }

  private final AppSpec recorded;
  private final AppSpec wanted;
  private final int maxParallel;
  private final Map<ComponentKey, Work> works = new HashMap<>(); // to look up only
  // Those whose connection values change; to look up only.
  private final Set<ComponentKey> renewed = new HashSet<>();
  private final TreeSet<String> shared = new TreeSet<>();
  private final TreeSet<String> unshared = new TreeSet<>();
  private final List<Warning> warnings = new ArrayList<>();
  private @Nullable ComponentGraph graph;

  private StepMaker(AppSpec recorded, AppSpec wanted, int maxParallel) {
    this.recorded = recorded;
    this.wanted = wanted;
    this.maxParallel = maxParallel;
  }

  /**
   * The waves, and what is odd about them.
   *
   * @param graph of what is wanted; null if no step needed it
   */
  record Result(
      List<Wave> waves, List<Warning> warnings, @Nullable ComponentGraph graph) {

    Result(List<Wave> waves, List<Warning> warnings) {
      this(waves, warnings, null);
    }
  }

  /**
   * Makes the steps.
   *
   * @param unsettled components of which the last step failed: each gets a step, even where nothing
   *     differs, since what runs may be neither of the two
   */
  static Result make(
      AppSpec recorded, AppSpec wanted, Set<ComponentKey> unsettled, int maxParallel) {
    StepMaker maker = new StepMaker(recorded, wanted, maxParallel);
    unsettled.forEach(key -> maker.settle(key));
    Diff diff = Diff.between(recorded, wanted);
    for (Change change : diff.changes()) {
      maker.note(change);
    }
    maker.noteConsumers();
    return new Result(maker.waves(), maker.warnings, maker.graph);
  }

  private void note(Change change) {
    PropertyKind property = change.property();
    if (property == PropertyKind.COMPONENT) {
      noteComponent(change);
    } else if (property.level() == Level.COMPONENT) {
      StepAction action = action(property.cost());
      change.component().ifPresent(key -> work(key).raise(action, property.code()));
      if (property == PropertyKind.CONNECTION || isNewAlias(change)) {
        renewed.add(change.component().orElseThrow());
      }
    } else {
      noteShared(change);
    }
  }

  /** A component comes or goes as a whole; what is edited are its properties. */
  private void noteComponent(Change change) {
    Work work = work(change.component().orElseThrow());
    if (change.type() == ChangeType.REMOVED) {
      work.raise(StepAction.REMOVE, "component removed");
    } else {
      work.raise(StepAction.CREATE, "new component");
    }
  }

  /** The names of a port's values for consumers begin with its alias. */
  private static boolean isNewAlias(Change change) {
    return change.beforeItem() instanceof Port before
        && change.afterItem() instanceof Port after
        && !before.alias().equals(after.alias());
  }

  /** Consumers get the connection values of a provider when they start. */
  private void noteConsumers() {
    if (renewed.isEmpty()) {
      return;
    }
    graph().forEachConsumer(renewed, (consumer, provider) -> {
      Work work = work(consumer.id());
      if (work.action != StepAction.CREATE) { // a new one starts with them anyway
        work.raise(StepAction.UPDATE, "connection values of " + provider.displayName());
      }
    });
  }

  private void noteShared(Change change) {
    PropertyKind property = change.property();
    if (property.cost() == Cost.NOTHING) {
      return;
    }
    boolean goes = change.type() == ChangeType.REMOVED && SharedParts.mayBeUsed(property);
    (goes ? unshared : shared).add(property.code());
    switch (property.reach()) {
      case MEMBERS -> {
        String group = Owners.group(change);
        for (ConfigMember member : wanted.configMembers()) {
          if (member.group().equals(group)) {
            restart(member.component(), "config group " + group);
          }
        }
        if (change.beforeItem() instanceof ConfigMember gone) {
          restart(gone.component(), "config group " + group);
        }
      }
      case USERS ->
        wanted.components().stream()
            .filter(component -> component.plugins().contains(change.item()))
            .forEach(component -> restart(component.id(), "plugin " + change.item()));
      case EVERY_COMPONENT ->
        wanted.components().forEach(each -> restart(new ComponentKey(each.key()), property.code()));
      case SHARED, ROUTES, COMPONENT -> {}
    }
  }

  private void settle(ComponentKey key) {
    if (recorded.component(key).isPresent() && wanted.component(key).isPresent()) {
      work(key).raise(StepAction.BUILD, "its last step failed");
    }
  }

  /** A component that is there and stays is rolled over; a new one starts with it anyway. */
  private void restart(ComponentKey key, String reason) {
    if (recorded.component(key).isPresent() && wanted.component(key).isPresent()) {
      work(key).raise(StepAction.UPDATE, reason);
    }
  }

  private Work work(ComponentKey key) {
    return works.computeIfAbsent(key, unused -> new Work());
  }

  static StepAction action(Cost cost) {
    return switch (cost) {
      case NOTHING -> StepAction.NOTHING;
      case UPDATE -> StepAction.UPDATE;
      case BUILD -> StepAction.BUILD;
    };
  }

  private ComponentGraph graph() {
    if (graph == null) {
      graph = ComponentGraph.of(wanted);
    }
    return graph;
  }

  private List<Wave> waves() {
    List<Wave> waves = new ArrayList<>();
    if (wanted.components().isEmpty() && !recorded.components().isEmpty()) {
      unshared.addAll(shared); // the app goes
      shared.clear();
    }
    addShared(StepAction.SHARED, shared, waves);
    Set<ComponentKey> stay = new HashSet<>(); // to look up only, as the next one
    Set<ComponentKey> go = new HashSet<>();
    works.forEach((key, work) -> (work.action == StepAction.REMOVE ? go : stay).add(key));
    if (!stay.isEmpty()) {
      warnOfCycles(graph(), stay);
      addLayers(graph(), graph().layers(stay), waves);
    }
    if (!go.isEmpty()) {
      ComponentGraph before = ComponentGraph.of(recorded);
      warnOfCycles(before, go);
      List<List<ComponentKey>> layers = new ArrayList<>(before.layers(go));
      Collections.reverse(layers);
      addLayers(before, layers, waves);
    }
    addShared(StepAction.UNSHARE, unshared, waves);
    return waves;
  }

  private static void addShared(StepAction action, Set<String> reasons, List<Wave> waves) {
    if (!reasons.isEmpty()) {
      waves.add(new Wave(List.of(new Step(action, null, String.join(", ", reasons)))));
    }
  }

  /** Cuts layers into waves of at most the maximum; a circle is never cut, however large it is. */
  private void addLayers(
      ComponentGraph ordered, List<List<ComponentKey>> layers, List<Wave> waves) {
    Map<ComponentKey, ComponentKey> circles = new HashMap<>(); // the first of each member's circle
    ordered.cycles().forEach(cycle -> cycle.forEach(key -> circles.put(key, cycle.get(0))));
    for (List<ComponentKey> layer : layers) {
      List<ComponentKey> wave = new ArrayList<>();
      for (List<ComponentKey> group : groups(layer, circles)) {
        if (!wave.isEmpty() && wave.size() + group.size() > maxParallel) {
          waves.add(wave(wave));
          wave = new ArrayList<>();
        }
        wave.addAll(group);
      }
      waves.add(wave(wave));
    }
  }

  private static Collection<List<ComponentKey>> groups(
      List<ComponentKey> layer, Map<ComponentKey, ComponentKey> circles) {
    if (circles.isEmpty()) {
      return layer.stream().map(List::of).toList();
    }
    Map<ComponentKey, List<ComponentKey>> groups = new LinkedHashMap<>();
    for (ComponentKey key : layer) {
      groups
          .computeIfAbsent(circles.getOrDefault(key, key), first -> new ArrayList<>(1))
          .add(key);
    }
    return groups.values();
  }

  private Wave wave(List<ComponentKey> keys) {
    return new Wave(keys.stream().sorted().map(key -> work(key).step(key)).toList());
  }

  private void warnOfCycles(ComponentGraph ordered, Set<ComponentKey> concerned) {
    for (List<ComponentKey> cycle : ordered.cycles()) {
      if (cycle.stream().anyMatch(concerned::contains)) {
        warnings.add(new Warning(
            "dependency-cycle",
            cycle.get(0).value(),
            cycle.size() == 1
                ? "The component depends on itself"
                : "These components need each other, so none can be first: "
                    + cycle.stream()
                        .map(ComponentKey::value)
                        .limit(20)
                        .collect(Collectors.joining(", "))
                    + (cycle.size() > 20 ? " and " + (cycle.size() - 20) + " more" : "")));
      }
    }
  }
}
