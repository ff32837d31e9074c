// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.model.Keyed;
import java.util.Objects;
import java.util.Optional;

/** Tells what the vendor changed from what the operator changed alone, within one item. */
public final class VendorChanges {

  private VendorChanges() {}

  /**
   * Returns the row with a target in which only the vendor's changes are pending: where the vendor
   * left an item, or a field of an edited item, as it was, the target has what is recorded.
   *
   * @param row a row; one of a component that is both recorded and in the target comes back as it
   *     is, its properties have rows of their own, and so does one that is taken as a whole
   */
  public static ThreeWay.Row only(ThreeWay.Row row) {
    Keyed.Item base = row.base().orElse(null);
    Keyed.Item recorded = row.recorded().orElse(null);
    Keyed.Item target = row.target().orElse(null);
    if (Objects.equals(base, target)) {
      return new ThreeWay.Row(row.place(), base, recorded, recorded);
    }
    if (base == null
        || base.equals(recorded)
        || recorded == null
        || target == null
        || row.place().property() == PropertyKind.COMPONENT
        || row.place().property().isTakenWhole()) {
      return row;
    }
    Keyed.Item pending = Items.mix(
        recorded, target, (field, is, wanted) -> !Objects.equals(Items.value(base, field), wanted));
    return new ThreeWay.Row(row.place(), base, recorded, pending);
  }

  /**
   * Returns an item as it was, with what the vendor's versions made of it since: what is now as in the
   * base, the item as a whole or a field of it, is theirs.
   *
   * @param row the base now, the item as it was for the recorded one, and as it is now for the target
   */
  public static Optional<Keyed.Item> since(ThreeWay.Row row) {
    Keyed.Item base = row.base().orElse(null);
    Keyed.Item was = row.recorded().orElse(null);
    Keyed.Item now = row.target().orElse(null);
    if (Objects.equals(base, now)) {
      return Optional.ofNullable(now);
    }
    if (base == null || was == null || now == null) {
      return Optional.ofNullable(was);
    }
    return Optional.of(Items.mix(
        was, now, (field, before, after) -> Objects.equals(Items.value(base, field), after)));
  }

  /** Returns the row of an item that only the target has. */
  public static ThreeWay.Row addition(Place place, Keyed.Item item) {
    return new ThreeWay.Row(place, null, null, item);
  }
}
