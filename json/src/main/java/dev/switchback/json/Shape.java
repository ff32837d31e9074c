// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.json.internal.JsonPath;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How one type stands in JSON as an object: a table with one row per field, and the way to make a
 * value of the fields, taken in the order of the table.
 *
 * <p>A field whose value is the empty one of its row is not written, and has that value where it is
 * not there. Fields are written in the order of RFC 8785, whatever the order of the table, and read
 * in any.
 *
 * @param <T> the type
 */
final class Shape<T> implements Codec<T> {

  /** Stands for a value that was there but wrong, which is noted already. */
  private static final Object WRONG = new Object();

  private final List<Field<T, ?>> table;
  private final List<Field<T, ?>> sorted;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Function<Row, T> maker;

  private Shape(List<Field<T, ?>> table, Function<Row, T> maker) {
    this.table = List.copyOf(table);
    this.sorted =
        table.stream().sorted(Comparator.comparing(field -> field.name)).toList();
    this.maker = maker;
    for (int i = 0; i < table.size(); i++) {
      if (indexes.put(table.get(i).name, i) != null) {
        throw new IllegalArgumentException(
            "Invalid table: it has two rows for the field " + table.get(i).name);
      }
    }
  }

  /** Starts a table. */
  static <T> Table<T> table() {
    return new Table<>();
  }

  /** Returns this shape with the field {@code format} before all others. */
  Shape<T> asDocument(String format) {
    List<Field<T, ?>> fields = new ArrayList<>();
    fields.add(new Field<>("format", new FormatCodec(format), value -> format, null, true));
    fields.addAll(table);
    return new Shape<>(fields, row -> {
      row.text();
      return maker.apply(row);
    });
  }

  /** Returns the value that a document stands for in which every field is left out. */
  T empty() {
    return maker.apply(new Row(table.stream().map(field -> field.empty).toArray()));
  }

  @Override
  public void write(T value, JsonOutput out) {
    out.raw('{');
    boolean first = true;
    for (Field<T, ?> field : sorted) {
      first &= !field.write(value, out, first);
    }
    out.raw('}');
  }

  @Override
  public @Nullable T read(JsonInput in) {
    if (!in.atObject()) {
      return null;
    }
    @Nullable Object[] values = new @Nullable Object[table.size()];
    boolean whole = true;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      Integer index = indexes.get(name);
      if (index == null) {
        in.unknownField();
        whole = false;
      } else if (values[index] != null) {
        in.problem("json-duplicate-field", "this field stands twice", "remove one of them");
        in.skip();
        whole = false;
      } else {
        Object value = table.get(index).codec.read(in);
        whole &= value != null;
        values[index] = value == null ? WRONG : value;
      }
    }
    for (int i = 0; i < values.length; i++) {
      Field<T, ?> field = table.get(i);
      if (values[i] == null) {
        values[i] = field.empty;
        if (field.required) {
          missing(field.name, in);
          whole = false;
        }
      }
    }
    return whole ? make(values, in) : null;
  }

  private @Nullable T make(@Nullable Object[] values, JsonInput in) {
    try {
      return maker.apply(new Row(values));
    } catch (IllegalArgumentException e) {
      in.problem("json-value", String.valueOf(e.getMessage()), "correct the value");
      return null;
    }
  }

  private static void missing(String name, JsonInput in) {
    if (name.equals("format")) {
      throw in.refuse(
          "json-format",
          "there is no field \"format\", so this is no document of Switchback's",
          "check that this is the right file");
    }
    in.problem("json-missing-field", "the field \"" + name + "\" is missing", "add it");
  }

  /** One row of the table. */
  private static final class Field<T, V> {

    final String name;
    final Codec<V> codec;
    final @Nullable V empty;
    final boolean required;
    private final byte[] label;
    private final Function<T, @Nullable V> getter;

    Field(
        String name,
        Codec<V> codec,
        Function<T, @Nullable V> getter,
        @Nullable V empty,
        boolean required) {
      this.name = name;
      this.codec = codec;
      this.empty = empty;
      this.required = required;
      this.label = ("\"" + name + "\":").getBytes(UTF_8);
      this.getter = getter;
    }

    /** Writes the field unless its value is the empty one; tells whether it did. */
    boolean write(T holder, JsonOutput out, boolean first) {
      V value = getter.apply(holder);
      if (value == null || value.equals(empty)) {
        return false;
      }
      if (!first) {
        out.raw(',');
      }
      out.raw(label);
      codec.write(value, out);
      return true;
    }
  }

  /**
   * Collects the rows of a table.
   *
   * @param <T> the type
   */
  static final class Table<T> {

    private final List<Field<T, ?>> fields = new ArrayList<>();

    private Table() {}

    /** A field that is always there. */
    <V> Table<T> value(String name, Codec<V> codec, Function<T, V> getter) {
      fields.add(new Field<>(name, codec, getter, null, true));
      return this;
    }

    /** A field whose value may be null. */
    <V> Table<T> orNull(String name, Codec<V> codec, Function<T, @Nullable V> getter) {
      fields.add(new Field<>(name, codec, getter, null, false));
      return this;
    }

    /** A field whose value may be absent; read as null. */
    <V> Table<T> optional(String name, Codec<V> codec, Function<T, Optional<V>> getter) {
      return orNull(name, codec, holder -> getter.apply(holder).orElse(null));
    }

    /** An object without a required field; left out if it has no other. */
    <V> Table<T> part(String name, Shape<V> shape, Function<T, V> getter) {
      return field(name, shape, getter, shape.empty());
    }

    Table<T> text(String name, Function<T, String> getter) {
      return field(name, Codecs.TEXT, getter, "");
    }

    Table<T> text(String name, Codec<String> codec, Function<T, String> getter) {
      return field(name, codec, getter, "");
    }

    Table<T> setting(String name, Function<T, Setting> getter) {
      return field(name, Codecs.SETTING, getter, Setting.plain(""));
    }

    Table<T> integer(String name, ToIntFunction<T> getter) {
      return field(name, Codecs.INTEGER, getter::applyAsInt, 0);
    }

    Table<T> whole(String name, ToLongFunction<T> getter) {
      return field(name, Codecs.WHOLE, getter::applyAsLong, 0L);
    }

    /** A field that is false where it is left out. */
    Table<T> flag(String name, Predicate<T> getter) {
      return field(name, Codecs.FLAG, getter::test, false);
    }

    /** A field that is true where it is left out. */
    Table<T> flagOn(String name, Predicate<T> getter) {
      return field(name, Codecs.FLAG, getter::test, true);
    }

    <V> Table<T> list(String name, Codec<V> item, Function<T, List<V>> getter) {
      return field(name, Codecs.list(item), getter, List.of());
    }

    <V extends Keyed.Item> Table<T> keyed(
        String name, Codec<V> item, Function<T, Keyed<V>> getter) {
      return field(name, Codecs.keyed(item), getter, Keyed.empty());
    }

    <V> Table<T> map(String name, Codec<V> item, Function<T, SortedMap<String, V>> getter) {
      return field(name, Codecs.map(item), getter, Collections.emptySortedMap());
    }

    private <V> Table<T> field(String name, Codec<V> codec, Function<T, V> getter, V empty) {
      fields.add(new Field<>(name, codec, getter, empty, false));
      return this;
    }

    /** Ends the table with the way to make a value of its fields, taken in its order. */
    Shape<T> make(Function<Row, T> maker) {
      return new Shape<>(fields, maker);
    }
  }

  /** The text that says what a document is; another one ends the reading at once. */
  private record FormatCodec(String format) implements Codec<String> {

    @Override
    public void write(String value, JsonOutput out) {
      out.text(value);
    }

    @Override
    public @Nullable String read(JsonInput in) {
      String found = in.text();
      if (found == null || found.equals(format)) {
        return found;
      }
      String kind = format.substring(0, format.indexOf('/') + 1);
      throw in.refuse(
          "json-format",
          "the format is \"" + JsonPath.shorten(found) + "\", expected \"" + format + "\"",
          found.startsWith(kind)
              ? "a newer version of Switchback wrote it: read it with that one"
              : "check that this is the right document");
    }
  }
}
