// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.Origin;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.plan.SharedParts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state an operation that did not do everything has brought about: wanted where a step was done,
 * as before where it was not, or was taken back.
 *
 * <p>A component whose step failed half way is recorded as before (or as wanted, if it was not there
 * before) and marked unsettled, so that the next operation sees to it. What components no longer
 * share is recorded for as long as it was not taken away.
 */
final class PartialState {

  /** How far what the components share has come. */
  private enum Shared {
    BEFORE,
    CHANGING,
    WANTED
  }

  private PartialState() {}

  static AppState of(@Nullable AppState before, AppState wanted, List<StepRun> steps) {
    Set<ComponentKey> asBefore = new HashSet<>();
    Set<ComponentKey> unsettled = new TreeSet<>(before == null ? List.of() : before.unsettled());
    Shared shared = shared(steps);
    for (StepRun step : steps) {
      if (step.component == null) {
        continue;
      }
      if (step.isDone()) {
        unsettled.remove(step.component);
      } else if (step.outcome == Outcome.UNDONE) {
        asBefore.add(step.component);
      } else if (step.touched) {
        unsettled.add(step.component);
        if (step.action != StepAction.CREATE) {
          asBefore.add(step.component);
        }
      } else {
        asBefore.add(step.component);
      }
    }
    AppSpec spec = mix(before == null ? null : before.spec(), wanted.spec(), asBefore, shared);
    AppSpec base = mix(before == null ? null : before.base(), wanted.base(), asBefore, shared);
    AppSpec kept = mix(before == null ? null : kept(before), kept(wanted), asBefore, shared);
    SortedMap<ComponentKey, Origin> origins = new TreeMap<>();
    for (Component component : spec.components()) {
      AppState source = asBefore.contains(component.id()) && before != null ? before : wanted;
      Optional.ofNullable(source.origins().get(component.id()))
          .ifPresent(origin -> origins.put(component.id(), origin));
    }
    AppState earlier = before != null && before.installed() ? before : null;
    unsettled.removeIf(key -> spec.component(key).isEmpty());
    // An install has no earlier version to stay at: what is missing of this one is remembered, and
    // stays so until it is there or wanted no longer.
    (earlier == null
            ? wanted.spec().components().stream().map(Component::id)
            : earlier.unsettled().stream())
        .filter(key -> spec.component(key).isEmpty())
        .filter(key ->
            wanted.spec().component(key).isPresent() || wanted.unsettled().contains(key))
        .forEach(unsettled::add);
    boolean whole = steps.stream().allMatch(StepRun::isDone);
    AppState head = earlier == null || whole ? wanted : earlier;
    return wanted.toBuilder()
        .version(head.version())
        .versionDigest(head.versionDigest().orElse(null))
        .installed(before == null || wanted.installed() || !spec.components().isEmpty())
        .spec(spec)
        .base(base)
        .keptBase(kept.equals(base) ? null : kept)
        .origins(origins)
        .unsettled(unsettled)
        .build();
  }

  private static Shared shared(List<StepRun> steps) {
    if (steps.stream().anyMatch(step -> step.action == StepAction.SHARED && !step.isDone())) {
      return Shared.BEFORE;
    }
    return steps.stream().anyMatch(step -> step.action == StepAction.UNSHARE && !step.isDone())
        ? Shared.CHANGING
        : Shared.WANTED;
  }

  private static AppSpec kept(AppState state) {
    return state.keptBase().orElse(state.base());
  }

  private static AppSpec mix(
      @Nullable AppSpec before, AppSpec wanted, Set<ComponentKey> asBefore, Shared shared) {
    AppSpec old = Objects.requireNonNullElse(before, AppSpec.empty());
    List<Component> components = new ArrayList<>();
    for (Component component : wanted.components()) {
      if (!asBefore.contains(component.id())) {
        components.add(component);
      }
    }
    for (Component component : old.components()) {
      if (asBefore.contains(component.id())) {
        components.add(component);
      }
    }
    AppSpec sharing = switch (shared) {
      case BEFORE -> old;
      case CHANGING -> SharedParts.whileChanging(old, wanted);
      case WANTED -> wanted;
    };
    return sharing.toBuilder().components(Keyed.copyOf(components)).build();
  }
}
