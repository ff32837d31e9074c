// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.diff.internal.Slices;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every difference between two specs, in the order of {@link Place}.
 *
 * <p>A component that only one of the two has is one change; {@link Change#content()} says what is in
 * it.
 * Components are the same when their keys are; use {@link Matching} first where keys moved.
 *
 * <p>Two diffs are equal when their changes are. A diff refers to both specs.
 */
public final class Diff {

  private final List<Change> changes;
  private final AppSpec from;
  private final AppSpec to;

  private Diff(List<Change> changes, AppSpec from, AppSpec to) {
    this.changes = Collections.unmodifiableList(changes);
    this.from = from;
    this.to = to;
  }

  /** Compares two specs in time linear in their size; large ones on all processors. */
  @SuppressWarnings("ReferenceEquality") // a shortcut: looking for equality is what follows
  public static Diff between(AppSpec from, AppSpec to) {
    if (from == to) {
      return new Diff(List.of(), from, to);
    }
    Collector found = new Collector();
    for (PropertyKind kind : PropertyKind.ofApp()) {
      compare(kind.ofAppSlot(), from, to, null, kind, found);
    }
    Slices.map(
            List.of(from.components(), to.components()),
            slice -> compareComponents(slice.get(0), slice.get(1)))
        .forEach(found.changes::addAll);
    return new Diff(found.changes, from, to);
  }

  /** Compares the recorded states of an app, or of two apps: what they consist of. */
  public static Diff between(AppState from, AppState to) {
    return between(from.spec(), to.spec());
  }

  @SuppressWarnings("ReferenceEquality") // as above, and specs that share are not read at all
  private static List<Change> compareComponents(List<Component> from, List<Component> to) {
    Collector found = new Collector();
    int i = 0;
    int j = 0;
    while (i < from.size() && j < to.size()) {
      if (from.get(i) == to.get(j)) {
        i++;
        j++;
        continue;
      }
      Component before = from.get(i);
      Component after = to.get(j);
      if (before.equals(after)) {
        i++;
        j++;
        continue;
      }
      int order = before.key().compareTo(after.key());
      if (order == 0) {
        for (PropertyKind kind : PropertyKind.ofComponent()) {
          compare(kind.ofComponentSlot(), before, after, after.id(), kind, found);
        }
        i++;
        j++;
      } else if (order < 0) {
        found.component(before, true);
        i++;
      } else {
        found.component(after, false);
        j++;
      }
    }
    for (; i < from.size(); i++) {
      found.component(from.get(i), true);
    }
    for (; j < to.size(); j++) {
      found.component(to.get(j), false);
    }
    return found.changes;
  }

  private static <O> void compare(
      Slot<O, ?> slot,
      O from,
      O to,
      @Nullable ComponentKey owner,
      PropertyKind kind,
      Collector found) {
    if (slot.same(from, to)) {
      return;
    }
    if (slot.alwaysThere()) {
      found.item(kind, owner, slot.only(from), slot.only(to));
      return;
    }
    Keyed<? extends Keyed.Item> before = slot.items(from);
    Keyed<? extends Keyed.Item> after = slot.items(to);
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      Keyed.Item left = i < before.size() ? before.get(i) : null;
      Keyed.Item right = j < after.size() ? after.get(j) : null;
      if (Objects.equals(left, right)) {
        i++;
        j++;
        continue;
      }
      int order = order(left, right);
      if (order <= 0) {
        i++;
      }
      if (order >= 0) {
        j++;
      }
      found.item(kind, owner, order <= 0 ? left : null, order >= 0 ? right : null);
    }
  }

  private static int order(Keyed.@Nullable Item left, Keyed.@Nullable Item right) {
    if (left == null) {
      return 1;
    }
    return right == null ? -1 : left.key().compareTo(right.key());
  }

  /** Returns the changes, in the order of {@link Place}; the list cannot be changed. */
  public List<Change> changes() {
    return changes;
  }

  /** Tells whether there is no difference. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Returns what to call a component of either spec: its display name, if it has one, and its key. */
  public String componentName(ComponentKey key) {
    return to.component(key)
        .or(() -> from.component(key))
        .map(Component::toString)
        .orElse(key.value());
  }

  /** Returns the changes that a condition holds for, as a diff. */
  public Diff only(Predicate<? super Change> condition) {
    List<Change> chosen = new ArrayList<>();
    for (Change change : changes) {
      if (condition.test(change)) {
        chosen.add(change);
      }
    }
    return new Diff(chosen, from, to);
  }

  /**
   * Makes the changes in a spec that is where this diff starts from.
   *
   * @param from a spec that has, wherever something changes, what it had before the change
   * @return the changed spec; given the spec this diff was made from, the one it was made to
   * @throws RefusedException if the spec has something else in such a place; names all of them
   */
  public AppSpec applyTo(AppSpec from) {
    List<Obstacle> obstacles = new ArrayList<>();
    SpecEditor editor = SpecEditor.of(from);
    for (Change change : changes) {
      Keyed.Item present = Items.find(from, change.place());
      if (Objects.equals(present, change.beforeItem())) {
        editor.apply(change);
      } else {
        obstacles.add(mismatch(change, present));
      }
    }
    if (!obstacles.isEmpty()) {
      throw new RefusedException("Cannot apply the diff", obstacles);
    }
    return editor.finish();
  }

  private static Obstacle mismatch(Change change, Keyed.@Nullable Item present) {
    String expected = change.beforeItem() == null ? "to be absent" : "'" + change.before() + "'";
    String found = present == null ? "absent" : "'" + Texts.text(change.property(), present) + "'";
    return new Obstacle(
        "diff-mismatch",
        change.place().toString(),
        "the diff expects it " + (change.beforeItem() == null ? expected : "to be " + expected)
            + ", it is " + found,
        "make the diff anew from the present spec");
  }

  /** Returns the diff that leads back. */
  public Diff inverse() {
    return new Diff(changes.stream().map(Change::inverse).toList(), to, from);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Diff that && changes.equals(that.changes);
  }

  @Override
  public int hashCode() {
    return changes.hashCode();
  }

  /** Returns the number of changes; no value, so no secret. */
  @Override
  public String toString() {
    return changes.size() + " changes";
  }

  private static final class Collector {

    private final List<Change> changes = new ArrayList<>();

    void component(Component component, boolean gone) {
      Place place = Place.of(component.id());
      changes.add(gone ? new Change.Removed(place, component) : new Change.Added(place, component));
    }

    void item(
        PropertyKind kind,
        @Nullable ComponentKey owner,
        Keyed.@Nullable Item before,
        Keyed.@Nullable Item after) {
      Keyed.Item any = before == null ? after : before;
      if (any != null) {
        Change.between(new Place(kind, owner, any.key()), before, after).ifPresent(changes::add);
      }
    }
  }
}
