// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A version taken apart, and the two texts written from its parts. Two versions are the same if and
 * only if their parts are equal, hence each of the two texts.
 *
 * @param name what stands before the numbers, in lower case, or empty
 * @param numbers digits without leading zeros, and without trailing numbers that are zero but for
 *     the first; empty for a text without a digit
 * @param revision revision words and their numbers; the first part is a word
 * @param stage what the suffix makes of the version
 * @param suffix the other parts: numbers, and words of ASCII letters and any non-ASCII characters
 */
record VersionParts(
    String name, List<String> numbers, List<String> revision, Stage stage, List<String> suffix) {

  /** Before, at or after the release; in ascending order, as their signs are. */
  enum Stage {
    PRE_RELEASE('0'),
    RELEASE('1'),
    FLAVOUR('2');

    private final char sign;

    Stage(char sign) {
      this.sign = sign;
    }
  }

  /** The revision word that is not written: the underscore of {@code 1.0_2}. */
  static final String BARE = "";

  private static final HexFormat HEX = HexFormat.of();
  private static final char END = '-';
  private static final int LONG_NUMBER = 9;

  VersionParts {
    numbers = List.copyOf(numbers);
    revision = List.copyOf(revision);
    suffix = List.copyOf(suffix);
  }

  /** Returns whether the part is a number; else it is a word. */
  static boolean isNumber(String part) {
    return !part.isEmpty() && isDigit(part.charAt(0));
  }

  /**
   * Returns what {@link VersionReader} reads back as the same parts. Never longer than the text they
   * were read from, hence always accepted: separators are written only where two parts would run
   * together, '~' before a numeric suffix and '^' for the bare revision (as RPM does), since '-' and
   * '_' there could be read as a date.
   */
  String normalized() {
    StringBuilder out = new StringBuilder(name);
    // A name with a digit was followed by a separator in the text, so there is room for one.
    if (!numbers.isEmpty() && name.chars().anyMatch(VersionParts::isDigit)) {
      out.append('-');
    }
    out.append(String.join(".", numbers));
    List<String> parts = Stream.concat(revision.stream(), suffix.stream()).toList();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (i == 0) {
        out.append(part.equals(BARE) ? "^" : isNumber(part) ? "~" : "");
      } else if (!parts.get(i - 1).equals(BARE) && isNumber(part) == isNumber(parts.get(i - 1))) {
        out.append('.');
      }
      out.append(part);
    }
    return out.toString();
  }

  /**
   * Returns the parts as a text whose plain order is that of versions: the rank of the name, the
   * name, numbers, revision, stage, suffix. Each is written so that no value is the beginning of
   * another one; so the first character that differs belongs to the first part that differs, and
   * decides as that part does. In ascending order, in a list: its end, numbers, the bare word, words.
   */
  String sortKey() {
    StringBuilder key = new StringBuilder().append(nameRank());
    appendWord(key, name);
    appendList(key, numbers);
    appendList(key, revision);
    key.append(stage.sign);
    appendList(key, suffix);
    return key.toString();
  }

  private int nameRank() {
    if (name.isEmpty()) {
      return 2;
    }
    return numbers.isEmpty() ? 0 : 1;
  }

  private static void appendList(StringBuilder key, List<String> parts) {
    for (String part : parts) {
      if (isNumber(part)) {
        appendNumber(key, part);
      } else if (part.equals(BARE)) {
        key.append('_');
      } else {
        appendWord(key, part);
      }
    }
    key.append(END);
  }

  /** The count of digits first, in one digit or, from nine on, as 9 and three digits. */
  private static void appendNumber(StringBuilder key, String digits) {
    int length = digits.length();
    if (length >= LONG_NUMBER) {
      key.append(LONG_NUMBER).append(length / 100).append(length / 10 % 10).append(length % 10);
    } else {
      key.append(length);
    }
    key.append(digits);
  }

  /**
   * Digits and letters stand for themselves; any other UTF-16 unit becomes four hexadecimal digits
   * behind a sign that sorts where the unit does: below the digits, between digits and letters, or
   * above the letters.
   */
  private static void appendWord(StringBuilder key, String word) {
    for (int i = 0; i < word.length(); i++) {
      char unit = word.charAt(i);
      if (isDigit(unit) || (unit >= 'a' && unit <= 'z')) {
        key.append(unit);
      } else {
        key.append(unit < '0' ? '.' : unit < 'a' ? '_' : '~').append(HEX.toHexDigits(unit));
      }
    }
    key.append(END);
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
