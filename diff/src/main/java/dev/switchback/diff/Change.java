// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.Component;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two specs: an item that was added, removed or edited.
 *
 * <p>Changes hold the items themselves, so that they can be applied; every text they give, {@code
 * toString()} included, is without secrets.
 */
public sealed interface Change permits Change.Added, Change.Removed, Change.Edited {

  /** Tells which of the three shapes this is. */
  ChangeType type();

  /** Returns where the item stands. */
  Place place();

  /** Returns the item before the change; null if there was none. */
  Keyed.@Nullable Item beforeItem();

  /** Returns the item after the change; null if there is none. */
  Keyed.@Nullable Item afterItem();

  /** Returns the change that undoes this one. */
  Change inverse();

  /** Returns the kind of property. */
  default PropertyKind property() {
    return place().property();
  }

  /** Returns the component that has the item; empty for a property of the app. */
  default Optional<ComponentKey> component() {
    return place().component();
  }

  /** Returns the key of the item; empty for an only child. */
  default String item() {
    return place().item();
  }

  /**
   * Returns the fields that differ, in the order the item declares them; for an added or removed item
   * every field that says something.
   */
  default List<FieldChange> fields() {
    return Texts.fields(property(), beforeItem(), afterItem());
  }

  /** Returns what the item was, in one text without secrets; empty if it was not there. */
  default String before() {
    return texts().before();
  }

  /** Returns what the item becomes, in one text without secrets; empty if it is no longer there. */
  default String after() {
    return texts().after();
  }

  /** Returns {@link #before}, {@link #after} and {@link #fields}, for who needs more than one. */
  default ChangeTexts texts() {
    return Texts.of(this);
  }

  /**
   * Returns what is inside a component that is added or removed, its name and image aside, in the
   * order of the table of properties; empty for every other change.
   */
  default List<ContentItem> content() {
    Keyed.Item any = beforeItem() == null ? afterItem() : beforeItem();
    return any instanceof Component component ? Contents.of(component) : List.of();
  }

  /**
   * Makes the change from one item to another at a place.
   *
   * @param before the item before; null if there is none
   * @param after the item after; null if there is none
   * @return the change; empty if both are equal or both null
   */
  static Optional<Change> between(
      Place place, Keyed.@Nullable Item before, Keyed.@Nullable Item after) {
    if (before == null) {
      return after == null ? Optional.empty() : Optional.of(new Added(place, after));
    }
    if (after == null) {
      return Optional.of(new Removed(place, before));
    }
    return before.equals(after) ? Optional.empty() : Optional.of(new Edited(place, before, after));
  }

  /**
   * An item that was not there before.
   *
   * @param place where it stands
   * @param value the item
   */
  record Added(Place place, Keyed.Item value) implements Change {

    /** Checks that the item fits the place. */
    public Added {
      Items.checkFits(place, value);
    }

    @Override
    public ChangeType type() {
      return ChangeType.ADDED;
    }

    @Override
    public Keyed.@Nullable Item beforeItem() {
      return null;
    }

    @Override
    public Keyed.Item afterItem() {
      return value;
    }

    @Override
    public Change inverse() {
      return new Removed(place, value);
    }

    /** Returns a plus sign and the place. */
    @Override
    public String toString() {
      return "+ " + place;
    }
  }

  /**
   * An item that is no longer there.
   *
   * @param place where it stood
   * @param value the item as it was
   */
  record Removed(Place place, Keyed.Item value) implements Change {

    /** Checks that the item fits the place. */
    public Removed {
      Items.checkFits(place, value);
    }

    @Override
    public ChangeType type() {
      return ChangeType.REMOVED;
    }

    @Override
    public Keyed.Item beforeItem() {
      return value;
    }

    @Override
    public Keyed.@Nullable Item afterItem() {
      return null;
    }

    @Override
    public Change inverse() {
      return new Added(place, value);
    }

    /** Returns a minus sign and the place. */
    @Override
    public String toString() {
      return "- " + place;
    }
  }

  /**
   * An item whose values changed.
   *
   * @param place where it stands
   * @param from the item as it was
   * @param to the item as it becomes
   */
  record Edited(Place place, Keyed.Item from, Keyed.Item to) implements Change {

    /**
     * Checks that both items fit the place and differ.
     *
     * @throws IllegalArgumentException if they do not, or if the place is a whole component: what
     *     differs then are its properties
     */
    public Edited {
      Items.checkFits(place, from);
      Items.checkFits(place, to);
      if (place.property() == PropertyKind.COMPONENT) {
        throw new IllegalArgumentException(
            "Invalid edit of " + place + ": a component is edited property by property");
      }
      if (from.equals(to)) {
        throw new IllegalArgumentException("Invalid edit of " + place + ": nothing differs");
      }
    }

    @Override
    public ChangeType type() {
      return ChangeType.EDITED;
    }

    @Override
    public Keyed.Item beforeItem() {
      return from;
    }

    @Override
    public Keyed.Item afterItem() {
      return to;
    }

    @Override
    public Change inverse() {
      return new Edited(place, to, from);
    }

    /** Returns a tilde and the place. */
    @Override
    public String toString() {
      return "~ " + place;
    }
  }
}
