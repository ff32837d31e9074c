// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fits texts into a table: measures, pads, shortens and makes them harmless.
 *
 * <p>Values come from templates that others wrote, so control characters and changes of writing
 * direction, which could make a terminal show something else than what is there, become {@code ?}.
 */
public final class Display {

  private static final String MARKDOWN = "\\`*_[]|#~";

  private Display() {}

  /** Returns the number of terminal columns a text takes: two for East Asian wide characters. */
  public static int width(String text) {
    return text.codePoints().map(Display::width).sum();
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  /** Source: the wide and full-width ranges of Unicode Standard Annex 11, by block. */
  private static boolean isWide(int codePoint) {
    return codePoint >= 0x1100
        && (codePoint <= 0x115f
            || (codePoint >= 0x2e80 && codePoint <= 0xa4cf && codePoint != 0x303f)
            || (codePoint >= 0xac00 && codePoint <= 0xd7a3)
            || (codePoint >= 0xf900 && codePoint <= 0xfaff)
            || (codePoint >= 0xfe30 && codePoint <= 0xfe6f)
            || (codePoint >= 0xff00 && codePoint <= 0xff60)
            || (codePoint >= 0xffe0 && codePoint <= 0xffe6)
            || (codePoint >= 0x1f300 && codePoint <= 0x1faff)
            || (codePoint >= 0x20000 && codePoint <= 0x3fffd));
  }

  /** Returns a text filled up with blanks to a number of columns; as it is if it has more. */
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** Replaces what a terminal would obey instead of show; a tab becomes a blank. */
  public static String clean(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints().forEach(codePoint -> {
      if (codePoint == '\t') {
        result.append(' ');
      } else if (isHarmful(codePoint)) {
        result.append('?');
      } else {
        result.appendCodePoint(codePoint);
      }
    });
    return result.toString();
  }

  private static boolean isHarmful(int codePoint) {
    return Character.isISOControl(codePoint)
        || codePoint == 0x2028
        || codePoint == 0x2029
        || codePoint == 0x200e
        || codePoint == 0x200f
        || (codePoint >= 0x202a && codePoint <= 0x202e)
        || (codePoint >= 0x2066 && codePoint <= 0x2069)
        || (codePoint >= 0xd800 && codePoint <= 0xdfff);
  }

  /**
   * Returns a text on one line of at most about {@code columns} columns: as it is if it fits, cut with
   * its length behind it if it does not, and only its size if it has several lines.
   */
  public static String oneLine(String text, int columns) {
    if (isLong(text)) {
      return size(text);
    }
    String clean = clean(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    if (width(clean) <= columns) {
      return clean;
    }
    String length = length(text);
    int room = Math.max(8, columns - width(length));
    StringBuilder start = new StringBuilder();
    int used = 0;
    for (int i = 0; i < clean.length(); ) {
      int codePoint = clean.codePointAt(i);
      used += width(codePoint);
      if (used > room) {
        break;
      }
      start.appendCodePoint(codePoint);
      i += Character.charCount(codePoint);
    }
    return start + length;
  }

  /**
   * Returns a text on one line like {@link #oneLine}, but of one with several lines the lines, with a
   * sign between them, if they fit.
   */
  public static String joined(String text, int columns) {
    String joined =
        text.strip().lines().map(String::stripTrailing).collect(Collectors.joining(" ↵ "));
    return width(joined) <= columns ? clean(joined) : oneLine(text, columns);
  }

  /** Returns the first characters of a text with its length behind; as it is if it is no longer. */
  public static String cut(String text, int characters) {
    if (text.length() <= characters) {
      return text;
    }
    boolean halved = Character.isHighSurrogate(text.charAt(characters - 1));
    return text.substring(0, halved ? characters - 1 : characters) + length(text);
  }

  private static String length(String text) {
    return "… (" + text.length() + " characters)";
  }

  /**
   * Breaks a text at blanks into lines of at most {@code columns} columns; a longer word stays whole.
   *
   * @return at least one line
   */
  public static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static boolean isLong(String text) {
    int newline = text.indexOf('\n');
    return newline >= 0 && newline < text.length() - 1;
  }

  /** Returns how long a text is, such as {@code 12 lines, 340 characters}. */
  public static String size(String text) {
    return count(text.lines().count(), "line") + ", " + count(text.length(), "character");
  }

  /** Returns a number and its noun, with an s unless the number is one. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /**
   * Returns from which line on two texts differ, in words; empty unless both have several lines.
   *
   * @return such as {@code , differing from line 7}
   */
  public static String firstDifference(String before, String after) {
    if (!isLong(before) || !isLong(after)) {
      return "";
    }
    String[] left = before.split("\n", -1);
    String[] right = after.split("\n", -1);
    int line = 0;
    while (line < left.length && line < right.length && left[line].equals(right[line])) {
      line++;
    }
    return ", differing from line " + (line + 1);
  }

  /** Returns a text for a cell of a Markdown table, with everything that would be markup escaped. */
  public static String markdown(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (char character : clean(text).toCharArray()) {
      switch (character) {
        case '<' -> result.append("&lt;");
        case '>' -> result.append("&gt;");
        case '&' -> result.append("&amp;");
        default -> {
          if (MARKDOWN.indexOf(character) >= 0) {
            result.append('\\');
          }
          result.append(character);
        }
      }
    }
    return result.toString();
  }
}
