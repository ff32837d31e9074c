// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.diff.ContentItem;
import dev.switchback.diff.FieldChange;
import dev.switchback.model.Obstacle;
import dev.switchback.plan.Warning;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the documents of {@code --json}. Their shapes are in {@code cli/README.md}: a field is always
 * there, null if it has no value, and a later version only adds fields.
 */
final class Json {

  private Json() {}

  /** Holds what is needed to write, which text output never touches. */
  private static final class Writers {
    static final ObjectWriter PRETTY =
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static String write(ObjectNode document) {
    try {
      return Writers.PRETTY.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can always be written", e);
    }
  }

  /** Makes an array of what {@code toNode} makes of each value. */
  static <T> ArrayNode list(Collection<T> values, Function<T, ObjectNode> toNode) {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode(values.size());
    values.forEach(value -> nodes.add(toNode.apply(value)));
    return nodes;
  }

  /** Makes an array of the texts of values. */
  static ArrayNode texts(Collection<?> values) {
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode(values.size());
    values.forEach(value -> nodes.add(value.toString()));
    return nodes;
  }

  /** Returns the text of a value, or null. */
  static @Nullable String text(Optional<?> value) {
    return value.map(Object::toString).orElse(null);
  }

  /** Returns the text of a value, or null. */
  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  static ObjectNode obstacle(Obstacle obstacle) {
    return object()
        .put("code", obstacle.code())
        .put("place", obstacle.place())
        .put("message", obstacle.message())
        .put("nextStep", obstacle.nextStep());
  }

  static ObjectNode warning(Warning warning) {
    return object()
        .put("code", warning.code())
        .put("place", warning.place())
        .put("message", warning.message());
  }

  static ObjectNode fieldChange(FieldChange change) {
    return object()
        .put("field", change.field())
        .put("before", change.before())
        .put("after", change.after());
  }

  static ObjectNode contentItem(ContentItem item) {
    return object()
        .put("property", item.property().code())
        .put("item", item.item())
        .put("value", item.value());
  }
}
