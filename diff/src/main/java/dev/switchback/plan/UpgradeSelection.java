// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.Matching;
import dev.switchback.diff.Place;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

  /** Why an item is left out that the request names. */
  static final String BY_REQUEST = "selection: left out by the request";

  private static final String SELECTION = "selection: ";

  private final UpgradeRequest request;
  private final AppState state;
  private final AppSpec target;
  private final TreeSet<ComponentKey> chosen = new TreeSet<>();
  private final Set<Place> only;
  private final Set<Place> except;
  private final Set<Place> unused = new TreeSet<>();
  private final Map<Place, String> passedOver = new TreeMap<>(); // asked for, and why it cannot be
  private final boolean complete; // no component of the target is left behind
  private final Owners needed; // nothing if complete

  private UpgradeSelection(
      UpgradeRequest request, AppState state, AppSpec target, Set<ComponentKey> chosen) {
    this.request = request;
    this.state = state;
    this.target = target;
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
   * @param target the target with the app's keys; which host names it has makes no difference
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
    String why = leftOutComponent(change);
    if (why != null) {
      return SELECTION + why;
    }
    Place place = change.place();
    if (except.contains(place) || except.contains(whole(place))) {
      return BY_REQUEST;
    }
    if (!only.isEmpty() && !only.contains(place) && !only.contains(whole(place))) {
      return SELECTION + "not among the items asked for";
    }
    return null;
  }

  private static Place whole(Place place) {
    return place.component().map(Place::of).orElse(place);
  }

  /** Notes that something is different at a place, which the request may name. */
  void meet(Change change) {
    String why = leftOutComponent(change);
    for (Place named : List.of(change.place(), whole(change.place()))) {
      use(named);
      if (why != null && only.contains(named)) {
        passedOver.put(named, why);
      }
    }
  }

  /** Notes that an item that the request names is there. */
  void use(Place place) {
    unused.remove(place);
  }

  private @Nullable String leftOutComponent(Change change) {
    if (request.components().isEmpty()) {
      return null;
    }
    Optional<ComponentKey> component = change.component().or(() -> Owners.component(change));
    if (component.isPresent()) {
      return isSelected(component.get())
          ? null
          : component.get() + " is not among the components asked for";
    }
    return complete || needed.uses(change) ? null : "waits until every component is upgraded";
  }

  /** Says which items the request names in vain: nothing is different about them. */
  void reportUnused(Draft draft) {
    passedOver.forEach((place, why) -> draft.obstacle(
        "unknown-item",
        PlaceText.of(place),
        "Cannot change only " + draft.names().of(place) + ", it is left out: " + why,
        "leave it out of the request, or ask for more components"));
    for (Place place : unused) {
      if (!request.only().contains(place)) {
        draft.warning(
            "unknown-item", PlaceText.of(place), "Nothing to leave out here: nothing changes it");
      } else if (!isInNewComponent(place)) {
        draft.obstacle(
            "unknown-item",
            PlaceText.of(place),
            "Cannot change only " + draft.names().of(place) + ": " + request.target()
                + " does not change it",
            "leave it out of the request");
      } else if (!place.component().map(Place::of).filter(only::contains).isPresent()) {
        draft.obstacle(
            "unknown-item",
            PlaceText.of(place),
            "Cannot change only " + draft.names().of(place) + ": its component is new in "
                + request.target() + " and is not asked for",
            "ask for the whole component");
      }
    }
  }

  private boolean isInNewComponent(Place place) {
    return LooseEnds.find(target, place).isPresent()
        && place.component().flatMap(state.spec()::component).isEmpty();
  }
}
