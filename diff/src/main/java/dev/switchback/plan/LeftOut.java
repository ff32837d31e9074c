// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Place;
import dev.switchback.diff.SpecEditor;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a request left out of an upgrade although the vendor changed it. It keeps its base. */
final class LeftOut {

  private final AppState state;
  private final AppSpec target;
  private final TreeSet<Place> places = new TreeSet<>();
  private final TreeSet<ComponentKey> behind = new TreeSet<>();

  LeftOut(AppState state, AppSpec target) {
    this.state = state;
    this.target = target;
  }

  void add(Place place) {
    places.add(place);
    place.component().ifPresent(behind::add);
  }

  boolean contains(Place place) {
    return places.contains(place);
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  int count() {
    return places.size();
  }

  /**
   * Takes back what has gone all the same, with a component that goes: neither the target nor the
   * wanted spec has it, so that it is not left for later.
   */
  void settle(AppSpec wanted) {
    places.removeIf(place -> LooseEnds.find(state.spec(), place).isPresent()
        && LooseEnds.find(target, place).isEmpty()
        && LooseEnds.find(wanted, place).isEmpty());
    behind.clear();
    places.forEach(place -> place.component().ifPresent(behind::add));
  }

  /** Tells whether anything was left out of a component. */
  boolean isBehind(ComponentKey component) {
    return behind.contains(component);
  }

  /**
   * Returns the base from here on: the target, but for what was left out. A component that was
   * there without a base gets one when nothing of it is left out.
   *
   * @param added the components that the upgrade adds
   */
  AppSpec newBase(Set<ComponentKey> added) {
    if (isEmpty()) {
      return target;
    }
    SpecEditor base = SpecEditor.of(state.base());
    for (Change change : Diff.between(state.base(), target).changes()) {
      ComponentKey whole =
          change.afterItem() instanceof Component component ? component.id() : null;
      if (whole != null && behind.contains(whole)) {
        if (added.contains(whole)) {
          base.apply(change);
          within(whole).forEach(base::remove);
        }
      } else if (!concerns(change.place())) {
        base.apply(change);
      }
    }
    return base.finish();
  }

  /** A component that is left out as a whole has one place, its changes have many. */
  private boolean concerns(Place place) {
    return places.contains(place)
        || place.component().map(Place::of).filter(places::contains).isPresent();
  }

  private List<Place> within(ComponentKey component) {
    return places.stream()
        .filter(place -> place.component().filter(component::equals).isPresent())
        .toList();
  }
}
