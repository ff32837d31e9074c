// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds the tree of one document, without recursion, and refuses what {@link StrictJson} refuses. */
final class TreeBuilder {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?(NaN|INF|Infinity)", Pattern.CASE_INSENSITIVE);
  private static final String LIMIT_STEP = "raise the limit if the document can be trusted";

  private final JsonFactory factory;
  private final byte[] json;
  private final String what;
  private final Limits limits;

  // The containers that are open, outermost first, and in each object the key that was last read.
  private final ContainerNode<?>[] open;
  private final @Nullable String[] keys;
  private int depth;
  private int values;
  private boolean surrogateEscapes;

  TreeBuilder(JsonFactory factory, byte[] json, String what, Limits limits) {
    this.factory = factory;
    this.json = json;
    this.what = what;
    this.limits = limits;
    this.open = new ContainerNode<?>[limits.maxDepth()];
    this.keys = new @Nullable String[limits.maxDepth()];
  }

  JsonNode read() {
    if (json.length > limits.maxBytes()) {
      throw Source.tooLarge(what, json.length + " bytes", limits);
    }
    int start = StrictJson.hasByteOrderMark(json) ? 3 : 0;
    checkEncoding(start);
    surrogateEscapes = hasSurrogateEscapes();
    try (JsonParser parser = factory.createParser(json, start, json.length - start)) {
      return readDocument(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory cannot fail", e);
    }
  }

  private JsonNode readDocument(JsonParser parser) throws IOException {
    try {
      JsonNode root = readValue(parser);
      if (parser.nextToken() != null) {
        throw refuse(
            "trailing-content",
            JsonPath.ROOT,
            "something follows the value" + where(parser),
            "leave one JSON value in the document");
      }
      return root;
    } catch (JsonProcessingException e) {
      // The parser looks ahead: it may have failed at the value of a key it has not handed out yet.
      String key = parser.getParsingContext().getCurrentName();
      if (depth > 0 && key != null) {
        keys[depth - 1] = key;
      }
      throw e instanceof StreamConstraintsException ? refuseLimit(e) : refuseSyntax(e);
    }
  }

  private JsonNode readValue(JsonParser parser) throws IOException {
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw refuse("invalid-json", JsonPath.ROOT, "the document is empty", "");
      }
      JsonNode value;
      switch (token) {
        case FIELD_NAME -> {
          String key = parser.currentName();
          keys[depth - 1] = key;
          count();
          checkText(key);
          continue;
        }
        case START_OBJECT -> {
          push(NODES.objectNode());
          continue;
        }
        case START_ARRAY -> {
          push(NODES.arrayNode());
          continue;
        }
        case END_OBJECT, END_ARRAY -> {
          depth--;
          value = open[depth];
        }
        default -> {
          value = scalar(token, parser);
          attach(value);
        }
      }
      if (depth == 0) {
        return value;
      }
    }
  }

  private void push(ContainerNode<?> container) {
    if (depth == limits.maxDepth()) {
      throw refuse(
          "too-deep",
          path(),
          "objects and lists are nested more than " + limits.maxDepth()
              + " levels deep, the most that is allowed",
          LIMIT_STEP);
    }
    attach(container);
    open[depth] = container;
    keys[depth] = null;
    depth++;
  }

  private void attach(JsonNode value) {
    count();
    if (depth == 0) {
      return;
    }
    ContainerNode<?> parent = open[depth - 1];
    String key = keys[depth - 1];
    if (parent instanceof ObjectNode object && key != null) {
      if (object.replace(key, value) != null) {
        throw refuse(
            "duplicate-key", path(), "the key stands twice in its object", "keep one of the two");
      }
    } else {
      ((ArrayNode) parent).add(value);
    }
  }

  private void count() {
    if (++values > limits.maxValues()) {
      throw refuse(
          "too-many-values",
          path(),
          "the document has more than " + limits.maxValues()
              + " keys and values, the most that is allowed",
          LIMIT_STEP);
    }
  }

  private JsonNode scalar(JsonToken token, JsonParser parser) throws IOException {
    return switch (token) {
      case VALUE_STRING -> {
        String text = parser.getText();
        checkText(text);
        yield TextNode.valueOf(text);
      }
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      default -> throw new IllegalStateException("Parser gave " + token);
    };
  }

  private JsonNode integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> {
        int number = parser.getIntValue();
        yield number == 0 && parser.getTextLength() > 1
            ? decimal(parser.getText())
            : IntNode.valueOf(number);
      }
      case LONG -> LongNode.valueOf(parser.getLongValue());
      case BIG_INTEGER -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
      default -> decimal(parser.getText());
    };
  }

  private JsonNode decimal(String text) {
    try {
      return new ExactNumber(text);
    } catch (NumberFormatException e) {
      throw refuse(
          "number-out-of-range",
          path(),
          "the exponent of a number is beyond what can be computed with",
          "write it as a text");
    }
  }

  private void checkText(String text) {
    if (!surrogateEscapes) {
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw refuse(
              "invalid-text",
              path(),
              "a text holds half a surrogate pair, which no Unicode encoding can carry",
              "write both halves");
        }
        i++;
      }
    }
  }

  /** Only an escape can bring half a pair: the bytes themselves are valid UTF-8. */
  private boolean hasSurrogateEscapes() {
    for (int i = 0; i < json.length - 2; i++) {
      if (json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd') {
        return true;
      }
    }
    return false;
  }

  private void checkEncoding(int start) {
    int malformed = Utf8.firstMalformed(json, start);
    // Jackson takes a zero among the first bytes for UTF-16 or UTF-32, which would be valid to it.
    for (int i = start; malformed < 0 && i < Math.min(json.length, start + 4); i++) {
      malformed = json[i] == 0 ? i : -1;
    }
    // Jackson skips a byte order mark itself, so it would pass a second one.
    if (malformed < 0 && start > 0 && StrictJson.hasByteOrderMark(json, start)) {
      malformed = start;
    }
    if (malformed >= 0) {
      throw refuse(
          "invalid-utf8",
          JsonPath.ROOT,
          "the document is not UTF-8: the byte at offset " + malformed + " cannot stand there",
          "save it as UTF-8");
    }
  }

  /** Returns the path of the value that is being read. */
  private String path() {
    StringBuilder path = new StringBuilder(JsonPath.ROOT);
    for (int i = 0; i < depth; i++) {
      String key = keys[i];
      if (open[i] instanceof ArrayNode array) {
        // All but the innermost already hold the item that is being read.
        JsonPath.appendIndex(path, i < depth - 1 ? array.size() - 1 : array.size());
      } else if (key != null) {
        JsonPath.appendKey(path, key);
      }
    }
    return path.toString();
  }

  private RefusedException refuseLimit(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    if (message.startsWith("Number")) {
      return refuse(
          "number-too-long",
          path(),
          "a number has more than " + limits.maxNumberLength()
              + " characters, the most that is allowed",
          LIMIT_STEP);
    }
    if (!message.startsWith("String") && !message.startsWith("Name")) {
      return refuse(
          "colliding-keys",
          path(),
          "too many keys have the same hash, as nobody's but an attacker's do",
          "check where the document comes from");
    }
    return refuse(
        "string-too-long",
        path(),
        "a text or key has more than " + limits.maxStringLength()
            + " characters, the most that is allowed",
        LIMIT_STEP);
  }

  /** Says where and what, but quotes nothing: a broken document may hold secrets. */
  private RefusedException refuseSyntax(JsonProcessingException e) {
    String where = e.getLocation() == null
        ? ""
        : " at line " + e.getLocation().getLineNr() + ", column "
            + e.getLocation().getColumnNr();
    if (e instanceof JsonEOFException) {
      return refuse(
          "invalid-json", path(), "the document ends early" + where, "get a complete copy of it");
    }
    int offset = e.getLocation() == null ? -1 : (int) e.getLocation().getByteOffset();
    if (NOT_FINITE.matcher(wordAround(offset)).matches()) {
      return refuse(
          "not-finite",
          path(),
          "NaN and infinity are no JSON numbers" + where,
          "write null or a number");
    }
    return refuse("invalid-json", path(), "the text is not JSON" + where, "");
  }

  private String wordAround(int offset) {
    int start = Math.min(offset, json.length);
    while (start > 0 && isWordByte(json[start - 1])) {
      start--;
    }
    int end = Math.max(start, 0);
    while (end < json.length && end - start < 16 && isWordByte(json[end])) {
      end++;
    }
    return start < 0 ? "" : new String(json, start, end - start, StandardCharsets.US_ASCII);
  }

  private static boolean isWordByte(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '-' || b == '+';
  }

  private static String where(JsonParser parser) {
    return " at line " + parser.currentLocation().getLineNr() + ", column "
        + parser.currentLocation().getColumnNr();
  }

  private RefusedException refuse(String code, String place, String message, String nextStep) {
    return new RefusedException(
        "Cannot read the " + what, new Obstacle(code, place, message, nextStep));
  }
}
