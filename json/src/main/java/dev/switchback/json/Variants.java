// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a closed family stands in JSON: an object with one field, whose name says which of the family
 * it is and whose value is that one.
 *
 * @param <T> the family
 */
final class Variants<T> {

  private final Function<T, String> nameOf;
  private final Map<String, Variant<T, ?>> byName = new TreeMap<>();

  private Variants(Function<T, String> nameOf) {
    this.nameOf = nameOf;
  }

  /** Starts a family whose members are told apart by name. */
  static <T> Variants<T> of(Function<T, String> nameOf) {
    return new Variants<>(nameOf);
  }

  /** Adds a member. */
  <V extends T> Variants<T> add(String name, Class<V> type, Codec<V> codec) {
    byName.put(name, new Variant<>(type, codec));
    return this;
  }

  /** Returns the codec of the family. */
  Codec<T> codec() {
    return Codecs.codec(this::write, this::read);
  }

  private void write(T value, JsonOutput out) {
    String name = nameOf.apply(value);
    out.raw('{');
    out.text(name);
    out.raw(':');
    requireNonNull(byName.get(name), name).write(value, out);
    out.raw('}');
  }

  private @Nullable T read(JsonInput in) {
    if (!in.atObject()) {
      return null;
    }
    T value = null;
    int fields = 0;
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      fields++;
      Variant<T, ?> variant = byName.get(name);
      if (variant == null) {
        in.unknownField();
      } else {
        value = variant.codec.read(in);
      }
    }
    if (fields != 1) {
      in.problem(
          "json-value",
          "expected one field, one of " + String.join(", ", byName.keySet()) + ", found " + fields,
          "correct the value");
      return null;
    }
    return value;
  }

  private record Variant<T, V extends T>(Class<V> type, Codec<V> codec) {

    void write(T value, JsonOutput out) {
      codec.write(type.cast(value), out);
    }
  }
}
