// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Mount;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds items, checks them and puts new ones together from the fields of others. */
final class Items {

  private static final ClassValue<Boolean> HOLDS_SETTINGS = new ClassValue<>() {
    @Override
    protected Boolean computeValue(Class<?> type) {
      return type.isRecord()
          && RecordFields.of(type).stream()
              .map(RecordComponent::getType)
              .anyMatch(
                  part -> part == Setting.class || part == Keyed.class || canHoldSettings(part));
    }
  };

  private Items() {}

  /** Decides per field in which two items differ whether the second one's value is taken. */
  interface FieldChoice {
    boolean takeSecond(String field, @Nullable Object first, @Nullable Object second);
  }

  /**
   * Checks that an item can stand at a place.
   *
   * @throws IllegalArgumentException if its type or its key is another
   */
  static void checkFits(Place place, Keyed.Item item) {
    requireNonNull(place, "place");
    requireNonNull(item, "item");
    if (!place.property().itemType().isInstance(item)) {
      throw new IllegalArgumentException("Invalid item at " + place + ": expected a "
          + place.property().itemType().getSimpleName() + ", got a "
          + item.getClass().getSimpleName());
    }
    if (!place.item().equals(item.key())) {
      throw new IllegalArgumentException(
          "Invalid item at " + place + ": its key is '" + item.key() + "'");
    }
  }

  /** Returns the item at a place of a spec; null if there is none. */
  static Keyed.@Nullable Item find(AppSpec spec, Place place) {
    ComponentKey owner = place.owner();
    if (owner == null || place.property() == PropertyKind.COMPONENT) {
      return find(place.property().items(spec), place.item());
    }
    Component component = spec.component(owner).orElse(null);
    return component == null ? null : find(place.property().items(component), place.item());
  }

  private static <T extends Keyed.Item> @Nullable T find(Keyed<T> items, String key) {
    return items.find(key).orElse(null);
  }

  /** Returns the other end of an edge: who provides what a dependency or mount uses. */
  static Optional<ComponentKey> provider(Keyed.@Nullable Item item) {
    if (item instanceof Dependency dependency) {
      return Optional.of(dependency.provider());
    }
    return item instanceof Mount mount ? Optional.of(mount.provider()) : Optional.empty();
  }

  /** Returns the value of a field. */
  static @Nullable Object value(Keyed.Item item, String field) {
    for (RecordComponent component : RecordFields.of(item.getClass())) {
      if (component.getName().equals(field)) {
        return RecordFields.read(component, item);
      }
    }
    throw new IllegalArgumentException(
        "Invalid field: a " + item.getClass().getSimpleName() + " has no " + field);
  }

  /** Makes the item that has, field by field, the first or the second one's value. */
  static Keyed.Item mix(Keyed.Item first, Keyed.Item second, FieldChoice choice) {
    List<RecordComponent> fields = RecordFields.of(first.getClass());
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    boolean anyFirst = false;
    boolean anySecond = false;
    for (int i = 0; i < values.length; i++) {
      Object left = RecordFields.read(fields.get(i), first);
      Object right = RecordFields.read(fields.get(i), second);
      values[i] = left;
      if (!Objects.equals(left, right)) {
        if (choice.takeSecond(fields.get(i).getName(), left, right)) {
          values[i] = right;
          anySecond = true;
        } else {
          anyFirst = true;
        }
      }
    }
    if (!anySecond) {
      return first;
    }
    return anyFirst ? RecordFields.make(first.getClass(), values) : second;
  }

  /** Tells whether items of a type can hold a generation mark somewhere. */
  static boolean canHoldSettings(Class<?> type) {
    return HOLDS_SETTINGS.get(type);
  }

  /**
   * Replaces generation marks in an item by what an earlier version of it has there.
   *
   * @return the item itself if there was nothing to replace
   */
  static <T extends Keyed.Item> T fillMarks(T item, Keyed.Item earlier) {
    if (item.equals(earlier)
        || !item.getClass().isInstance(earlier)
        || !canHoldSettings(item.getClass())) {
      return item;
    }
    List<RecordComponent> fields = RecordFields.of(item.getClass());
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    boolean any = false;
    for (int i = 0; i < values.length; i++) {
      Object value = RecordFields.read(fields.get(i), item);
      values[i] = filled(value, RecordFields.read(fields.get(i), earlier));
      any |= !Objects.equals(values[i], value);
    }
    @SuppressWarnings("unchecked") // the class of a T
    Class<T> type = (Class<T>) item.getClass();
    return any ? RecordFields.make(type, values) : item;
  }

  private static @Nullable Object filled(@Nullable Object value, @Nullable Object earlier) {
    if (value instanceof Setting setting && earlier instanceof Setting present) {
      return setting.isGenerated() && !present.isGenerated() ? present : setting;
    }
    if (value instanceof Keyed<?> items && earlier instanceof Keyed<?> present) {
      List<Keyed.Item> result = new ArrayList<>(items.size());
      for (Keyed.Item item : items) {
        Keyed.Item before = find(present, item.key());
        result.add(before == null ? item : fillMarks(item, before));
      }
      return Keyed.copyOf(result);
    }
    return value instanceof Keyed.Item item && earlier instanceof Keyed.Item present
        ? fillMarks(item, present)
        : value;
  }
}
