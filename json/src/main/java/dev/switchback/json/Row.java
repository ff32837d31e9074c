// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The values read from one object, taken one after the other in the order of its table. */
final class Row {

  private final @Nullable Object[] values;
  private int next;

  Row(@Nullable Object[] values) {
    this.values = values;
  }

  String text() {
    return this.<String>value();
  }

  int integer() {
    return this.<Integer>value();
  }

  long whole() {
    return this.<Long>value();
  }

  boolean flag() {
    return this.<Boolean>value();
  }

  Setting setting() {
    return this.<Setting>value();
  }

  <V extends Keyed.Item> Keyed<V> keyed() {
    return this.<Keyed<V>>value();
  }

  <V> List<V> list() {
    return this.<List<V>>value();
  }

  <V> SortedMap<String, V> map() {
    return this.<SortedMap<String, V>>value();
  }

  /** Takes a value that a document may leave out. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // see value()
  <V> @Nullable V orNull() {
    return (V) values[next++];
  }

  /**
   * Takes a value. Its type follows from the row of the table and is only claimed here; the laws
   * read and write every field of every shape, so that a wrong claim cannot stay.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <V> V value() {
    return (V) requireNonNull(values[next++]);
  }
}
