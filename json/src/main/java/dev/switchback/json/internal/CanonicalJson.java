// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes a JSON tree in the one form that RFC 8785 allows: no white space, keys sorted by UTF-16
 * code units, numbers as ECMAScript prints them, only the escapes that must be. Equal trees give
 * equal bytes on every JVM.
 *
 * <p>Walks the tree recursively: trees that {@link StrictJson} read are no deeper than its limit.
 */
public final class CanonicalJson {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private static final int MOST_ZEROS = 100;

  private final StringBuilder out = new StringBuilder(256);
  private final boolean exact;

  private CanonicalJson(boolean exact) {
    this.exact = exact;
  }

  /**
   * Returns the canonical form as UTF-8.
   *
   * @throws IllegalArgumentException if a number is too large for a double or a text has half a
   *     surrogate pair: RFC 8785 has no form for these
   */
  public static byte[] bytes(JsonNode tree) {
    return text(tree).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the canonical form as a text; fails like {@link #bytes}. */
  public static String text(JsonNode tree) {
    CanonicalJson canonical = new CanonicalJson(false);
    canonical.value(tree);
    return canonical.out.toString();
  }

  /**
   * Returns the canonical form, but for numbers that a double cannot hold: these keep all their
   * digits. RFC 8785 rounds them, so that different numbers would look the same. Fails on half a
   * surrogate pair only.
   */
  public static String exactText(JsonNode tree) {
    CanonicalJson canonical = new CanonicalJson(true);
    canonical.value(tree);
    return canonical.out.toString();
  }

  private void value(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> string(node.textValue());
      case NUMBER -> number(node);
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL -> out.append("null");
      case BINARY, MISSING, POJO ->
        throw new IllegalArgumentException(
            "Invalid JSON tree: a node of type " + node.getNodeType() + " has no canonical form");
    }
  }

  private void object(JsonNode node) {
    if (node.isEmpty()) {
      out.append("{}");
      return;
    }
    String[] names = new String[node.size()];
    JsonNode[] values = new JsonNode[names.length];
    boolean sorted = true;
    int count = 0;
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      names[count] = field.getKey();
      values[count] = field.getValue();
      sorted &= count == 0 || names[count - 1].compareTo(names[count]) < 0;
      count++;
    }
    if (!sorted) {
      Arrays.sort(names); // String compares by UTF-16 code units, as RFC 8785 asks
    }
    char before = '{';
    for (int i = 0; i < names.length; i++) {
      out.append(before);
      before = ',';
      string(names[i]);
      out.append(':');
      value(sorted ? values[i] : node.get(names[i]));
    }
    out.append('}');
  }

  private void array(JsonNode node) {
    out.append('[');
    for (int i = 0; i < node.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(node.get(i));
    }
    out.append(']');
  }

  private void number(JsonNode node) {
    if (node.isInt() || node.isShort()) {
      out.append(node.intValue());
    } else if (node.isLong() && Math.abs(node.longValue()) <= 1L << 53) {
      out.append(node.longValue());
    } else if (exact) {
      BigDecimal value = node.decimalValue();
      double rounded = node.doubleValue();
      String text = Double.isInfinite(rounded) ? "" : EcmaNumber.text(rounded);
      boolean holds = !text.isEmpty() && new BigDecimal(text).compareTo(value) == 0;
      out.append(holds ? text : allDigits(value.stripTrailingZeros()));
    } else {
      double value = node.doubleValue();
      if (Double.isInfinite(value) || Double.isNaN(value)) {
        throw new IllegalArgumentException("Invalid number: it is not finite as a double");
      }
      out.append(EcmaNumber.text(value));
    }
  }

  private static String allDigits(BigDecimal stripped) {
    boolean shortInteger = stripped.scale() <= 0 && stripped.scale() > -MOST_ZEROS;
    return shortInteger ? stripped.toPlainString() : stripped.toString();
  }

  private void string(String text) {
    out.append('"');
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\') {
        if (Character.isSurrogate(c)) {
          i = checkPair(text, i);
        }
        continue;
      }
      out.append(text, from, i);
      from = i + 1;
      escape(c);
    }
    out.append(text, from, text.length()).append('"');
  }

  /** Returns the index of the second half of the pair that starts at {@code i}. */
  private static int checkPair(String text, int i) {
    if (Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      return i + 1;
    }
    throw new IllegalArgumentException(
        "Invalid text: half a surrogate pair stands at character " + i);
  }

  private void escape(char c) {
    out.append('\\');
    switch (c) {
      case '\b' -> out.append('b');
      case '\t' -> out.append('t');
      case '\n' -> out.append('n');
      case '\f' -> out.append('f');
      case '\r' -> out.append('r');
      case '"', '\\' -> out.append(c);
      default -> out.append("u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
    }
  }
}
