// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

/** Writes places in a document as JSON paths, such as {@code $.apps[3].memory}. */
public final class JsonPath {

  /** The path of the document itself. */
  public static final String ROOT = "$";

  private static final int SHOWN = 80;

  private JsonPath() {}

  /** Appends a step to the value under {@code key}. */
  public static void appendKey(StringBuilder path, String key) {
    if (isPlain(key)) {
      path.append('.').append(key);
    } else {
      path.append("['")
          .append(shorten(key).replace("\\", "\\\\").replace("'", "\\'"))
          .append("']");
    }
  }

  /** Appends a step to the item at {@code index}. */
  public static void appendIndex(StringBuilder path, int index) {
    path.append('[').append(index).append(']');
  }

  /** Shortens a text for a message and replaces control characters. */
  public static String shorten(String text) {
    String clean = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return clean.replaceAll("\\p{Cntrl}", "?");
  }

  private static boolean isPlain(String key) {
    if (key.isEmpty() || key.length() > SHOWN) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '-'))) {
        return false;
      }
    }
    return true;
  }
}
