// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.Matching;
import dev.switchback.diff.Place;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an upgrade is asked for. What is left out keeps its base, so that it is offered
 * again; components are by their key in the app.
 *
 * <p>What belongs to the app as a whole waits until no component is behind, but for what a selected
 * component needs: its routes and memberships, its plugins, its config groups.
 */
final class UpgradeSelection {

  private final UpgradeRequest request;
  private final TreeSet<ComponentKey> chosen = new TreeSet<>();
  private final Set<Place> only;
  private final Set<Place> except;
  private final Set<Place> unused = new TreeSet<>();
  private final boolean complete; // no component of the target is left behind
  private final Owners needed; // nothing if complete

  private UpgradeSelection(
      UpgradeRequest request, AppState state, AppSpec target, Set<ComponentKey> chosen) {
    this.request = request;
    this.chosen.addAll(chosen);
    this.only = new TreeSet<>(request.only());
    this.except = new TreeSet<>(request.except());
    this.unused.addAll(request.only());
    this.unused.addAll(request.except());
    this.complete = request.components().isEmpty()
        || target.components().stream()
            .map(Component::id)
            .allMatch(key -> isSelected(key) || isAt(state, key, request));
    this.needed = Owners.usedBy(complete ? AppSpec.empty() : target, this::isSelected);
  }

  private static boolean isAt(AppState state, ComponentKey key, UpgradeRequest request) {
    return state.origins().containsKey(key)
        && state.origins().get(key).version().equals(request.target());
  }

  /**
   * Reads the selection.
   *
   * @param target the target with the app's keys
   */
  static UpgradeSelection of(
      Draft draft, UpgradeRequest request, AppState state, AppSpec target, Matching matching) {
    TreeSet<ComponentKey> chosen = new TreeSet<>();
    for (ComponentKey asked : request.components()) {
      ComponentKey key =
          state.spec().component(asked).isPresent() || target.component(asked).isPresent()
              ? asked
              : matching.installedKey(asked).orElse(null);
      if (key == null) {
        draft.obstacle(
            "unknown-component",
            asked.value(),
            "Cannot upgrade component " + asked + ": neither the app nor " + request.target()
                + " has it",
            "choose among "
                + target.components().stream()
                    .map(Component::key)
                    .limit(20)
                    .collect(Collectors.joining(", ")));
      } else {
        chosen.add(key);
      }
    }
    return new UpgradeSelection(request, state, target, chosen);
  }

  boolean isSelected(ComponentKey key) {
    return request.components().isEmpty() || chosen.contains(key);
  }

  /** Tells whether anything of a component may change. */
  boolean isConcerned(ComponentKey key) {
    return isSelected(key)
        && !except.contains(Place.of(key))
        && (only.isEmpty() || only.stream().anyMatch(place -> key.equals(place.owner())));
  }

  /** Returns why a change is left out, in words; null if it is asked for. */
  @Nullable
  String leftOut(Change change) {
    Place place = change.place();
    String why = leftOutComponent(change);
    if (why != null) {
      return why;
    }
    if (!request.except().isEmpty() && mentions(except, place)) {
      return "selection: left out by the request";
    }
    if (!request.only().isEmpty() && !mentions(only, place)) {
      return "selection: not among the items asked for";
    }
    return null;
  }

  private boolean mentions(Set<Place> places, Place place) {
    boolean found = places.contains(place);
    if (found) {
      unused.remove(place);
    }
    Place whole = place.component().map(Place::of).orElse(place);
    if (places.contains(whole)) {
      unused.remove(whole);
      found = true;
    }
    return found;
  }

  private @Nullable String leftOutComponent(Change change) {
    if (request.components().isEmpty()) {
      return null;
    }
    Optional<ComponentKey> component = change.component().or(() -> Owners.component(change));
    if (component.isPresent()) {
      return isSelected(component.get())
          ? null
          : "selection: " + component.get() + " is not among the components asked for";
    }
    return complete || needed.uses(change)
        ? null
        : "selection: waits until every component is upgraded";
  }

  /** Returns the items that the request names and that nothing is different about. */
  Set<Place> unused() {
    return unused;
  }
}
