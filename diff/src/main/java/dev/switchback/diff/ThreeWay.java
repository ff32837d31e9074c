// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor and the operator each changed since the base.
 *
 * <p>Base is what an app was installed from, recorded is what it is now, target is what the vendor
 * offers; all three use the same component keys. Every item that is not equal in all three is a row.
 * A component that recorded or target do not have is one row; its properties are not listed one by
 * one. Takes time linear in the size of the three.
 */
public final class ThreeWay {

  private final List<Row> rows;

  private ThreeWay(List<Row> rows) {
    this.rows = rows;
  }

  /** Compares base, recorded state and target. */
  public static ThreeWay of(AppSpec base, AppSpec recorded, AppSpec target) {
    requireNonNull(base, "base");
    List<Row> rows = new ArrayList<>();
    for (PropertyKind kind : PropertyKind.ofApp()) {
      compare(kind.ofAppSlot(), base, recorded, target, null, kind, rows);
    }
    walk(
        base.components(),
        recorded.components(),
        target.components(),
        (key, was, is, wanted) -> compareComponents(key, was, is, wanted, rows));
    return new ThreeWay(List.copyOf(rows));
  }

  private static void compareComponents(
      String key,
      @Nullable Component base,
      @Nullable Component recorded,
      @Nullable Component target,
      List<Row> rows) {
    if (recorded == null || target == null) {
      rows.add(new Row(Place.of(new ComponentKey(key)), base, recorded, target));
      return;
    }
    for (PropertyKind kind : PropertyKind.ofComponent()) {
      compare(kind.ofComponentSlot(), base, recorded, target, target.id(), kind, rows);
    }
  }

  private static <O> void compare(
      Slot<O, ?> slot,
      @Nullable O base,
      O recorded,
      O target,
      @Nullable ComponentKey owner,
      PropertyKind kind,
      List<Row> rows) {
    if (slot.same(recorded, target) && (base == null || slot.same(base, recorded))) {
      return;
    }
    walk(
        base == null ? Keyed.<Keyed.Item>empty() : slot.items(base),
        slot.items(recorded),
        slot.items(target),
        (key, was, is, wanted) -> rows.add(new Row(new Place(kind, owner, key), was, is, wanted)));
  }

  /**
   * Walks three sorted collections at once and visits what is not equal in all of them. Moves on by
   * the smallest key; looks at keys only where items differ, since making a key can cost more than
   * comparing two items.
   */
  @SuppressWarnings("ReferenceEquality") // a shortcut: what is shared is not read at all
  static <T extends Keyed.Item> void walk(
      Keyed<? extends T> base,
      Keyed<? extends T> recorded,
      Keyed<? extends T> target,
      Visitor<T> visitor) {
    int i = 0;
    int j = 0;
    int k = 0;
    while (i < base.size() || j < recorded.size() || k < target.size()) {
      T was = i < base.size() ? base.get(i) : null;
      T is = j < recorded.size() ? recorded.get(j) : null;
      T wanted = k < target.size() ? target.get(k) : null;
      if (is != null && (is == was || is.equals(was)) && (is == wanted || is.equals(wanted))) {
        i++;
        j++;
        k++;
        continue;
      }
      String key = smallest(was, is, wanted);
      was = at(key, was);
      is = at(key, is);
      wanted = at(key, wanted);
      i += was == null ? 0 : 1;
      j += is == null ? 0 : 1;
      k += wanted == null ? 0 : 1;
      visitor.visit(key, was, is, wanted);
    }
  }

  private static String smallest(Keyed.@Nullable Item... items) {
    String smallest = null;
    for (Keyed.Item item : items) {
      String key = item == null ? null : item.key();
      if (key != null && (smallest == null || key.compareTo(smallest) < 0)) {
        smallest = key;
      }
    }
    return requireNonNull(smallest, "one of them is there");
  }

  private static <T extends Keyed.Item> @Nullable T at(String key, @Nullable T item) {
    return item != null && item.key().equals(key) ? item : null;
  }

  /** Returns every item that is not equal in all three, in the order of {@link Place}. */
  public List<Row> rows() {
    return rows;
  }

  /** Is shown what is not equal in all three. */
  interface Visitor<T> {
    void visit(String key, @Nullable T base, @Nullable T recorded, @Nullable T target);
  }

  /** One item that is not equal in base, recorded state and target. */
  public static final class Row {

    private final Place place;
    private final Keyed.@Nullable Item base;
    private final Keyed.@Nullable Item recorded;
    private final Keyed.@Nullable Item target;

    Row(
        Place place,
        Keyed.@Nullable Item base,
        Keyed.@Nullable Item recorded,
        Keyed.@Nullable Item target) {
      this.place = place;
      this.base = base;
      this.recorded = recorded;
      this.target = target;
    }

    /** Returns where the item stands. */
    public Place place() {
      return place;
    }

    /** Returns the item as installed; empty if it was not there. */
    public Optional<Keyed.Item> base() {
      return Optional.ofNullable(base);
    }

    /** Returns the item as recorded; empty if it is not there. */
    public Optional<Keyed.Item> recorded() {
      return Optional.ofNullable(recorded);
    }

    /** Returns the item as the target has it; empty if it does not. */
    public Optional<Keyed.Item> target() {
      return Optional.ofNullable(target);
    }

    /** Tells who changed it. */
    public ChangedBy changedBy() {
      if (Objects.equals(base, recorded)) {
        return ChangedBy.VENDOR;
      }
      if (Objects.equals(base, target)) {
        return ChangedBy.OPERATOR;
      }
      return Objects.equals(recorded, target) ? ChangedBy.BOTH_ALIKE : ChangedBy.BOTH;
    }

    /** Returns what the vendor did: the change from base to target. */
    public Optional<Change> vendorChange() {
      return Change.between(place, base, target);
    }

    /** Returns what the operator did: the change from base to recorded. */
    public Optional<Change> operatorChange() {
      return Change.between(place, base, recorded);
    }

    /** Returns what would lead from recorded to target; empty if they are alike. */
    public Optional<Change> pending() {
      return Change.between(place, recorded, target);
    }

    /**
     * Resolves the item under a rule.
     *
     * @param rule what the policy says about this kind of property
     * @param inTemplate tells whether an installed component is one of the target's
     */
    public Resolution resolve(Rule rule, Predicate<ComponentKey> inTemplate) {
      return Resolution.of(this, rule, inTemplate);
    }

    /** Returns the place and who changed it. */
    @Override
    public String toString() {
      return place + " changed by " + changedBy();
    }
  }
}
