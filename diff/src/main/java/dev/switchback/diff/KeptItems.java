// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an operation left of the vendor's other versions from what the operator changed.
 *
 * <p>After an upgrade the base is what the vendor has, also where the policy kept what the vendor had
 * before; after a rollback it is what the vendor had then, also where storage stays as it is now. Such
 * an item differs from the base although the operator never touched it; as long as it still stands as
 * it was left, the next operation has to compare with it and not with the base.
 */
public final class KeptItems {

  private final AppState state;
  private final AppSpec base;
  private final Map<Place, Optional<Keyed.Item>> latest = new HashMap<>(); // looked up by place
  private final Map<Place, Optional<Keyed.Item>> kept = new TreeMap<>();

  private KeptItems(AppState state) {
    this.state = state;
    SpecEditor editor = SpecEditor.of(state.base());
    state
        .keptBase()
        .ifPresent(earlier -> Diff.between(state.base(), earlier).changes().forEach(change -> {
          Keyed.Item item = standing(change, state.spec());
          if (!Objects.equals(item, change.beforeItem())) {
            latest.put(change.place(), Optional.ofNullable(change.beforeItem()));
            set(editor, change.place(), item);
          }
        }));
    this.base = latest.isEmpty() ? state.base() : editor.finish();
  }

  /** Finds what earlier operations kept in an app and still stands. */
  public static KeptItems of(AppState state) {
    return new KeptItems(state);
  }

  /**
   * Returns the item to compare with: the earlier one, or those fields of it, that still stand; else
   * the base's. A component stands as long as it is there: its items are looked at one by one. The
   * change leads from the base to the earlier item.
   */
  private static Keyed.@Nullable Item standing(Change change, AppSpec recorded) {
    Keyed.Item base = change.beforeItem();
    Keyed.Item earlier = change.afterItem();
    Keyed.Item present = Items.find(recorded, change.place());
    if (base == null || earlier == null || present == null) {
      boolean isThere = earlier instanceof Component && present != null;
      return isThere || Objects.equals(present, earlier) ? earlier : base;
    }
    return Items.mix(
        base,
        earlier,
        (field, last, before) -> Objects.equals(Items.value(present, field), before));
  }

  /** Returns the base to compare recorded state and target with. */
  public AppSpec base() {
    return base;
  }

  /** Returns an item as the operator found it: what an upgrade kept of an earlier version, else the base's. */
  public Optional<Keyed.Item> foundByOperator(ThreeWay.Row row) {
    return state
        .keptBase()
        .<Optional<Keyed.Item>>map(kept -> Optional.ofNullable(Items.find(kept, row.place())))
        .orElse(row.base());
  }

  /** Tells whether something that was kept at a place, or the component it is in, still stands. */
  public boolean stands(Place place) {
    return latest.containsKey(place) || isInKeptComponent(place);
  }

  private boolean isInKeptComponent(Place place) {
    return place.component().map(Place::of).filter(latest::containsKey).isPresent();
  }

  /** Tells whether the vendor changed an item since the version that the app was brought to last. */
  public boolean isChangedSince(ThreeWay.Row row) {
    Place place = row.place();
    Optional<Keyed.Item> last = latest.get(place);
    if (last == null && isInKeptComponent(place)) {
      return true; // the component was gone
    }
    return !row.target().equals(last == null ? row.base() : last);
  }

  /**
   * Notes what a policy kept: where the result is not what the target has, but what the vendor had
   * before and the operator left alone.
   */
  public void keep(ThreeWay.Row row, Keyed.@Nullable Item result) {
    Keyed.Item target = row.target().orElse(null);
    Keyed.Item item = kept(row, result);
    if (!Objects.equals(item, target)) {
      kept.put(row.place(), Optional.ofNullable(item));
    }
  }

  private static Keyed.@Nullable Item kept(ThreeWay.Row row, Keyed.@Nullable Item result) {
    Keyed.Item base = row.base().orElse(null);
    Keyed.Item recorded = row.recorded().orElse(null);
    Keyed.Item target = row.target().orElse(null);
    if (base != null && recorded != null && target != null && result != null) {
      return Items.mix(
          target,
          recorded,
          (field, wanted, is) -> Objects.equals(Items.value(base, field), is)
              && Objects.equals(Items.value(result, field), is));
    }
    boolean stays = Objects.equals(recorded, result);
    boolean leftAlone = row.place().property() == PropertyKind.COMPONENT
        ? (base == null) == (recorded == null)
        : Objects.equals(base, recorded);
    return stays && leftAlone ? base : target;
  }

  /** Notes that a request left an item out: what was kept of it earlier is remembered. */
  public void leaveOut(ThreeWay.Row row) {
    Place place = row.place();
    if (state.keptBase().isEmpty()) {
      return;
    }
    Place whole = place.component().map(Place::of).orElse(place);
    if (latest.containsKey(whole)) {
      kept.put(whole, Optional.ofNullable(Items.find(base, whole)));
    } else if (row.base().isPresent() || !place.property().isAlwaysThere()) {
      kept.put(place, row.base());
    }
  }

  /**
   * Returns a new base with what was noted; empty if that makes no difference.
   *
   * @param newBase what the vendor has from here on
   */
  public Optional<AppSpec> over(AppSpec newBase) {
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    SpecEditor editor = SpecEditor.of(newBase);
    kept.forEach((place, item) -> set(editor, place, item.orElse(null)));
    AppSpec earlier = editor.finish();
    return Diff.between(newBase, earlier).isEmpty() ? Optional.empty() : Optional.of(earlier);
  }

  private static void set(SpecEditor editor, Place place, Keyed.@Nullable Item item) {
    if (item == null) {
      editor.remove(place);
    } else {
      editor.put(place, item);
    }
  }
}
