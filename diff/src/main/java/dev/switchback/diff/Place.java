// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an item stands in a spec.
 *
 * <p>Places are ordered: the app's own properties first, then component by component in key order;
 * within each in the order of the property table, then by item.
 *
 * @param property the kind of property
 * @param owner the component that has it, for {@link PropertyKind#COMPONENT} the component itself; null
 *     for a property of the app
 * @param item the key of the item among its siblings; empty for an only child
 */
public record Place(PropertyKind property, @Nullable ComponentKey owner, String item)
    implements Comparable<Place> {

  /**
   * Checks that the level and the owner agree.
   *
   * @throws IllegalArgumentException if a component's property has no owner, or an app's has one
   */
  public Place {
    requireNonNull(property, "property");
    requireNonNull(item, "item");
    if ((property.level() == Level.COMPONENT) != (owner != null)) {
      throw new IllegalArgumentException("Invalid place of " + property.code() + ": its level is "
          + property.level() + " and its component is " + owner);
    }
  }

  /** Names an item of the app itself. */
  public static Place ofApp(PropertyKind property, String item) {
    return new Place(property, null, item);
  }

  /** Names an item of a component. */
  public static Place of(ComponentKey component, PropertyKind property, String item) {
    return new Place(property, component, item);
  }

  /** Names a component as a whole. */
  public static Place of(ComponentKey component) {
    return new Place(PropertyKind.COMPONENT, component, component.value());
  }

  /** Returns the component that has the item; empty for a property of the app. */
  public Optional<ComponentKey> component() {
    return Optional.ofNullable(owner);
  }

  @Override
  public int compareTo(Place other) {
    int order = compareOwners(owner, other.owner);
    if (order == 0) {
      order = property.compareTo(other.property);
    }
    return order == 0 ? item.compareTo(other.item) : order;
  }

  private static int compareOwners(@Nullable ComponentKey left, @Nullable ComponentKey right) {
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    return left.compareTo(right);
  }

  /** Returns kind, item and component in words, such as {@code env LOG_LEVEL of web}. */
  @Override
  public String toString() {
    if (property == PropertyKind.COMPONENT) {
      return property.code() + " " + item;
    }
    return property.code()
        + (item.isEmpty() ? "" : " " + item)
        + (owner == null ? "" : " of " + owner);
  }
}
