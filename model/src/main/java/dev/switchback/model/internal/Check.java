// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.internal;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Argument checks that the packages of this module share. */
public final class Check {

  private static final int SHOWN = 80;

  private Check() {}

  /**
   * Returns {@code text} if it can serve as an identifier: not blank, no control characters, no half
   * of a surrogate pair, which UTF-8 cannot hold, at most {@code maxLength} characters.
   */
  public static String id(String text, String what, int maxLength) {
    requireNonNull(text, what);
    if (text.isBlank()) {
      throw new IllegalArgumentException("Invalid " + what + ": it is blank");
    }
    if (text.length() > maxLength) {
      throw new IllegalArgumentException("Invalid " + what + " '" + shorten(text) + "': it has "
          + text.length() + " characters, at most " + maxLength + " are allowed");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "Invalid " + what + " '" + shorten(text) + "': it contains a control character");
    }
    if (text.codePoints().anyMatch(Check::isHalf)) {
      throw new IllegalArgumentException("Invalid " + what + " '" + shorten(text)
          + "': it contains half of a surrogate pair, which no UTF-8 text can hold");
    }
    return text;
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  /** Returns {@code number} if it is not negative. */
  public static int notNegative(int number, String what) {
    if (number < 0) {
      throw new IllegalArgumentException("Invalid " + what + ": " + number + " is negative");
    }
    return number;
  }

  /** Returns {@code number} if it is not negative. */
  public static long notNegative(long number, String what) {
    if (number < 0) {
      throw new IllegalArgumentException("Invalid " + what + ": " + number + " is negative");
    }
    return number;
  }

  /** Copies a map into an unmodifiable one in key order, so that no order leaks into a digest. */
  public static <V> SortedMap<String, V> sorted(Map<String, V> map, String what) {
    requireNonNull(map, what);
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** Joins the parts of a key by a slash, such that different parts never give the same key. */
  public static String joined(String first, String second) {
    String head = first.indexOf('/') < 0 && first.indexOf('%') < 0
        ? first
        : first.replace("%", "%25").replace("/", "%2F");
    return head + "/" + second;
  }

  /** Shortens {@code text} for a message and replaces control characters. */
  public static String shorten(String text) {
    String clean = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return clean.replaceAll("\\p{Cntrl}", "?");
  }
}
