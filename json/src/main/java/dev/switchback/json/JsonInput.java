// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.switchback.json.internal.JsonPath;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON token by token and notes every problem with its JSON path, so that a document is
 * refused with all of them at once. Stands on the first token of the value that is read next.
 */
final class JsonInput {

  private static final int MAX_PROBLEMS = 100;

  // A document is in memory as a whole before it is read, so no text in it needs a limit.
  private static final JsonFactory FACTORY = new JsonFactoryBuilder()
      .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
      .configure(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS, false)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNestingDepth(100)
          .build())
      .build();

  private final String format;
  private final JsonParser parser;
  private final List<Obstacle> problems = new ArrayList<>();
  private int left;

  private JsonInput(String format, JsonParser parser) {
    this.format = format;
    this.parser = parser;
  }

  /**
   * Reads the one value of a document.
   *
   * @throws RefusedException with every problem found
   */
  static <V> V document(String format, byte[] json, Codec<V> codec) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      JsonInput in = new JsonInput(format, parser);
      V value = null;
      if (in.next() == null) {
        in.problem("json-syntax", "the document is empty", "check that the whole file arrived");
      } else {
        value = codec.read(in);
        if (in.next() != null) {
          in.problem("json-syntax", "something follows the end of the document", "remove it");
        }
      }
      if (value == null || !in.problems.isEmpty()) {
        throw in.refusal();
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException("No input or output is done on bytes in memory", e);
    }
  }

  /** Goes on to the next token; null at the end of the document. */
  @Nullable
  JsonToken next() {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw broken(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells whether an object starts here; if not, notes that and passes over the value. */
  boolean atObject() {
    return at(JsonToken.START_OBJECT, "an object");
  }

  /** Tells whether an array starts here; if not, notes that and passes over the value. */
  boolean atArray() {
    return at(JsonToken.START_ARRAY, "an array");
  }

  /** Goes to the next item of an array; false at its end. */
  boolean nextItem() {
    return next() != JsonToken.END_ARRAY;
  }

  /** Goes to the value of the next field of an object and returns its name; null at its end. */
  @Nullable
  String nextField() {
    if (next() == JsonToken.END_OBJECT) {
      return null;
    }
    try {
      String name = parser.currentName();
      next();
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells whether a text stands here. */
  boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  /** Reads a text. */
  @Nullable
  String text() {
    if (!at(JsonToken.VALUE_STRING, "a text")) {
      return null;
    }
    String text = string();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          problem("json-value", "half of a surrogate pair is no character", "write it whole");
          return null;
        }
        i++;
      }
    }
    return text;
  }

  /** Reads true or false. */
  @Nullable
  Boolean flag() {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    at(JsonToken.VALUE_TRUE, "true or false");
    return null;
  }

  /** Reads a whole number; a text of digits where a JSON number would not be exact. */
  @Nullable
  Long whole(long min, long max) {
    boolean text = parser.currentToken() == JsonToken.VALUE_STRING && max > JsonOutput.MAX_EXACT;
    if (!text && !at(JsonToken.VALUE_NUMBER_INT, "a whole number")) {
      return null;
    }
    String digits = string();
    try {
      long number = Long.parseLong(digits);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Noted below: it is too great or, in a text, no number at all.
    }
    problem(
        "json-value",
        "expected a whole number from " + min + " to " + max + ", found another",
        "correct the number");
    return null;
  }

  private String string() {
    try {
      return parser.getText();
    } catch (JsonProcessingException e) {
      throw broken(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean at(JsonToken expected, String what) {
    JsonToken found = parser.currentToken();
    if (found == expected) {
      return true;
    }
    problem("json-type", "expected " + what + ", found " + describe(found), "correct the value");
    skip();
    return false;
  }

  /** Passes over the value that starts here. */
  void skip() {
    try {
      parser.skipChildren();
    } catch (JsonProcessingException e) {
      throw broken(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes that the field whose value starts here has no meaning, and passes over the value. */
  void unknownField() {
    problem(
        "json-unknown-field",
        "this field is not known",
        "a newer version of Switchback may have written it: read the document with that one");
    skip();
  }

  /** Notes a problem with the value that was read last. */
  void problem(String code, String message, String nextStep) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Obstacle(code, path(), message, nextStep));
    } else {
      left++;
    }
  }

  /** Gives up at once, for a reason that makes every other problem beside the point. */
  RefusedException refuse(String code, String message, String nextStep) {
    return new RefusedException(what(), new Obstacle(code, path(), message, nextStep));
  }

  private RefusedException refusal() {
    if (left > 0) {
      problems.add(Obstacle.of("json-more", left + " further problems", "correct these first"));
    }
    return new RefusedException(what(), problems);
  }

  private RefusedException broken(JsonProcessingException e) {
    JsonLocation where = e.getLocation();
    // Not the parser's own words: they quote the text, which may hold a secret.
    String place =
        where == null ? "" : ", line " + where.getLineNr() + " column " + where.getColumnNr();
    problem("json-syntax", "this is not valid JSON" + place, "check that the whole file arrived");
    return refusal();
  }

  private String what() {
    return "Cannot read a document of format " + format;
  }

  /** Returns where the value that was read last stands, such as {@code $.ports[2].number}. */
  private String path() {
    JsonStreamContext context = parser.getParsingContext();
    // At the opening token of an object or array the context is already the inside of it.
    JsonToken token = parser.currentToken();
    if (context != null && (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY)) {
      context = context.getParent();
    }
    Deque<JsonStreamContext> fromRoot = new ArrayDeque<>();
    for (; context != null && !context.inRoot(); context = context.getParent()) {
      fromRoot.push(context);
    }
    StringBuilder path = new StringBuilder(JsonPath.ROOT);
    for (JsonStreamContext step : fromRoot) {
      String name = step.getCurrentName();
      if (step.inArray()) {
        JsonPath.appendIndex(path, Math.max(0, step.getCurrentIndex()));
      } else if (name != null) {
        JsonPath.appendKey(path, name);
      }
    }
    return path.toString();
  }

  private static String describe(@Nullable JsonToken token) {
    if (token == null) {
      return "the end";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "nothing";
    };
  }
}
