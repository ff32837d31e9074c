// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.model.Setting;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Text for a terminal. */
final class Text {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Text() {}

  /** Makes control characters visible, but for line ends: a document must not steer the terminal. */
  static String clean(String text) {
    return escape(text, true);
  }

  /** Makes every control character visible, so that the text stays in one line. */
  static String line(String text) {
    return escape(text, false);
  }

  /** Masks a text that looks as if it held a secret, as tables do. */
  static String masked(String text) {
    return Setting.named("", text).toString();
  }

  private static String escape(String text, boolean keepLines) {
    if (text.codePoints().noneMatch(Text::isControl)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> {
      if (!isControl(point) || (point == '\n' && keepLines)) {
        escaped.appendCodePoint(point);
      } else if (point == '\n') {
        escaped.append("\\n");
      } else {
        escaped.append(String.format(Locale.ROOT, "\\u%04x", point));
      }
    });
    return escaped.toString();
  }

  private static boolean isControl(int point) {
    // The format characters include those that turn the direction of writing.
    int type = Character.getType(point);
    return type == Character.CONTROL || type == Character.FORMAT;
  }

  /** Returns at most {@code length} characters of {@code text}, with dots where it was cut. */
  static String shorten(String text, int length) {
    String line = line(text);
    if (line.codePointCount(0, line.length()) <= length) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, length - 1)) + "…";
  }

  /** Returns how many columns a terminal gives to {@code text}; East Asian characters take two. */
  static int width(String text) {
    return text.codePoints().map(Text::width).sum();
  }

  private static int width(int point) {
    if (Character.getType(point) == Character.NON_SPACING_MARK) {
      return 0;
    }
    boolean wide = (point >= 0x1100 && point <= 0x115F)
        || (point >= 0x2E80 && point <= 0xA4CF)
        || (point >= 0xAC00 && point <= 0xD7A3)
        || (point >= 0xF900 && point <= 0xFAFF)
        || (point >= 0xFE30 && point <= 0xFE6F)
        || (point >= 0xFF00 && point <= 0xFF60)
        || (point >= 0xFFE0 && point <= 0xFFE6)
        || (point >= 0x1F300 && point <= 0x1FAFF)
        || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  /** Returns a point in time as people read it, in UTC. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Returns the word for a constant: lower case with hyphens, as everywhere in documents. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns {@code count} with the right form of {@code noun}. */
  static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** Joins words with a comma. */
  static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }
}
