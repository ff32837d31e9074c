// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a record type, found by reflection once per type. */
final class RecordFields {

  private static final ClassValue<List<RecordComponent>> FIELDS = new ClassValue<>() {
    @Override
    protected List<RecordComponent> computeValue(Class<?> type) {
      return Collections.unmodifiableList(
          Arrays.asList(requireNonNull(type.getRecordComponents(), type.getName())));
    }
  };

  private RecordFields() {}

  /** Returns the fields in the order the record declares them. */
  static List<RecordComponent> of(Class<?> type) {
    return FIELDS.get(type);
  }

  /** Returns the value of a field; null if there is no record to read it from. */
  static @Nullable Object read(RecordComponent field, @Nullable Object item) {
    if (item == null) {
      return null;
    }
    try {
      return field.getAccessor().invoke(item);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Cannot read " + field, e);
    }
  }

  /** Makes a record from the values of its fields, in their order. */
  static <T> T make(Class<T> type, @Nullable Object[] values) {
    Class<?>[] types = of(type).stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a " + type.getName(), e);
    }
  }
}
