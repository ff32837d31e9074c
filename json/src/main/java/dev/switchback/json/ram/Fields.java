// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.json.internal.CanonicalJson;
import dev.switchback.json.internal.JsonPath;
import dev.switchback.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a RAM document, read with the tolerance that its history asks for:
 * null and missing are the same, numbers and booleans may be texts, an empty list may stand for an
 * object and the other way round. What cannot be understood becomes a problem, and reads as if it
 * were missing.
 */
final class Fields {

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,10}(\\.0+)?");
  private static final Set<String> YES = Set.of("true", "1", "yes", "on");
  private static final Set<String> NO = Set.of("false", "0", "no", "off");
  private static final Fields NONE =
      new Fields(new ObjectNode(JsonNodeFactory.instance), Place.ROOT, Reading.plain());

  private final ObjectNode node;
  private final Place place;
  private final Reading reading;

  Fields(ObjectNode node, Place place, Reading reading) {
    this.node = node;
    this.place = place;
    this.reading = reading;
  }

  ObjectNode node() {
    return node;
  }

  Place place() {
    return place;
  }

  Reading reading() {
    return reading;
  }

  /** Returns the value of a field, or null if it is missing or null. */
  @Nullable
  JsonNode get(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  boolean has(String name) {
    return get(name) != null;
  }

  /** Returns a text; empty if there is none. */
  String text(String name) {
    return text(name, "");
  }

  String text(String name, String fallback) {
    JsonNode value = get(name);
    return value == null ? fallback : text(value, name, fallback);
  }

  private String text(JsonNode value, String name, String fallback) {
    if (value.isTextual()) {
      return value.textValue();
    }
    if (value.isNumber() || value.isBoolean()) {
      return value.asText();
    }
    wrongType(name, "a text", value);
    return fallback;
  }

  /** Returns the first of several fields that holds a text which is not empty. */
  String firstText(String... names) {
    for (String name : names) {
      String text = text(name);
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  /** Returns a text, or the canonical JSON of a list or object that is not empty. */
  String textOrJson(String name) {
    JsonNode value = get(name);
    return value == null ? "" : textOrJson(value);
  }

  static String textOrJson(JsonNode value) {
    if (value.isContainerNode()) {
      return value.isEmpty() ? "" : CanonicalJson.exactText(value);
    }
    return value.isNull() ? "" : value.asText();
  }

  int number(String name, int fallback) {
    Integer number = numberOrNull(name);
    return number == null ? fallback : number;
  }

  /** Returns a number that must not be negative when it is stated. */
  int count(String name, int fallback) {
    Integer number = numberOrNull(name);
    if (number != null && number < 0) {
      reading.findings.problem(
          "invalid-value", place.key(name), "the number " + number + " is negative", "");
      return fallback;
    }
    return number == null ? fallback : number;
  }

  @Nullable
  Integer numberOrNull(String name) {
    JsonNode value = get(name);
    if (value == null) {
      return null;
    }
    if (value.isInt()) {
      return value.intValue();
    }
    if (value.isTextual() && value.textValue().isBlank()) {
      return null;
    }
    try {
      if (value.isNumber()) {
        return value.decimalValue().intValueExact();
      }
      if (value.isTextual() && WHOLE.matcher(value.textValue().trim()).matches()) {
        String text = value.textValue().trim();
        int point = text.indexOf('.');
        return Integer.valueOf(point < 0 ? text : text.substring(0, point));
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Not whole or too large: said below, like all that is no number.
    }
    wrongType(name, "a whole number between -2147483648 and 2147483647", value);
    return null;
  }

  boolean flag(String name, boolean fallback) {
    JsonNode value = get(name);
    if (value == null) {
      return fallback;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isTextual() && value.textValue().isBlank()) {
      return fallback;
    }
    String text = value.asText().trim().toLowerCase(Locale.ROOT);
    if (YES.contains(text) || NO.contains(text)) {
      return YES.contains(text);
    }
    wrongType(name, "true or false", value);
    return fallback;
  }

  /** Returns the fields of an object; null if it is missing or empty in any shape. */
  @Nullable
  Fields object(String name) {
    JsonNode value = get(name);
    if (value == null || isEmpty(value)) {
      return null;
    }
    if (value instanceof ObjectNode object) {
      return new Fields(object, place.key(name), reading);
    }
    wrongType(name, "an object", value);
    return null;
  }

  /** Returns the fields of an object, or ones that are all missing. */
  Fields objectOrNone(String name) {
    Fields object = object(name);
    return object == null ? NONE : object;
  }

  /** Returns the entries of a list; none if it is missing or empty in any shape. */
  List<JsonNode> list(String name) {
    JsonNode value = get(name);
    if (value == null || isEmpty(value)) {
      return List.of();
    }
    if (!value.isArray()) {
      wrongType(name, "a list", value);
      return List.of();
    }
    List<JsonNode> entries = new ArrayList<>(value.size());
    value.forEach(entries::add);
    return entries;
  }

  /** Returns the fields of entry {@code index} of a list, or null if it is no object. */
  @Nullable
  Fields entry(String list, int index, JsonNode entry) {
    if (entry instanceof ObjectNode object) {
      return new Fields(object, place.key(list).item(index), reading);
    }
    Place where = place.key(list).item(index);
    if (entry.isNull()) {
      reading.findings.warning("empty-entry", where, "an entry is null and is left out", "");
    } else {
      reading.findings.problem(
          "wrong-type", where, "expected an object, found " + describe(entry), "");
    }
    return null;
  }

  /**
   * Returns a map of texts, from any shape it has had: an object, a list of pairs under {@code
   * item_key}, {@code key} or {@code name} and {@code item_value} or {@code value}, or a text
   * {@code a=b;c=d}.
   */
  SortedMap<String, String> textMap(String name) {
    SortedMap<String, String> map = new TreeMap<>();
    JsonNode value = get(name);
    if (value == null || isEmpty(value)) {
      return map;
    }
    if (value instanceof ObjectNode object) {
      object.properties().forEach(e -> map.put(e.getKey(), textOrJson(e.getValue())));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        Fields pair = entry(name, i, value.get(i));
        if (pair != null) {
          String key = pair.firstText("item_key", "attr_name", "label_name", "key", "name");
          if (!key.isEmpty()) {
            map.put(key, pair.firstValue("item_value", "attr_value", "label_alias", "value"));
          }
        }
      }
    } else if (value.isTextual() && value.textValue().contains("=")) {
      for (String pair : value.textValue().split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          map.put(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
        }
      }
    } else {
      wrongType(name, "an object of texts", value);
    }
    return map;
  }

  private String firstValue(String... names) {
    for (String name : names) {
      if (has(name)) {
        return textOrJson(name);
      }
    }
    return "";
  }

  /** Returns the setting that {@code text} of field {@code field} stands for. */
  Setting setting(String field, Setting natural) {
    JsonNode own = node.get(Own.OBJECT);
    if (own == null) {
      return natural;
    }
    return switch (own.path(Own.KINDS).path(field).asText()) {
      case Own.SECRET -> Setting.secret(natural.reveal());
      case Own.PLAIN -> Setting.plain(natural.reveal());
      default -> natural;
    };
  }

  void wrongType(String name, String expected, JsonNode found) {
    reading.findings.problem(
        "wrong-type", place.key(name), "expected " + expected + ", found " + describe(found), "");
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isContainerNode()
        ? value.isEmpty()
        : value.isTextual() && value.textValue().isBlank();
  }

  /** Names a value without quoting a text, which may be a secret. */
  private static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text of " + value.textValue().length() + " characters";
      case NUMBER -> "the number " + JsonPath.shorten(value.asText());
      case BOOLEAN -> value.asText();
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "something else";
    };
  }
}
