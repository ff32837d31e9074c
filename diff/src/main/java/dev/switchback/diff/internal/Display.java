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

  /** How much of what is the same is shown before a difference. */
  private static final int CONTEXT = 20;

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
    return start(clean, columns - width(length)) + length;
  }

  /** Returns as much of a clean text as has room, but at least a few characters. */
  private static String start(String clean, int columns) {
    int room = Math.max(8, columns);
    int used = 0;
    int end = 0;
    while (end < clean.length()) {
      int codePoint = clean.codePointAt(end);
      used += width(codePoint);
      if (used > room) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return clean.substring(0, end);
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
   * Returns a text on one line like {@link #oneLine}, but so that one sees in what it differs from
   * another: of several lines those that do, of a long line what begins there.
   *
   * @param other the text that it replaces, or that replaces it; empty if there is none
   * @return such as {@code 4 lines, 35 characters, line 3: port: 80}
   */
  public static String differing(String text, String other, int columns) {
    if (other.isEmpty()) {
      return oneLine(text, columns);
    }
    if (isLong(text) || isLong(other)) {
      return differingLines(text, other, columns);
    }
    String whole = oneLine(text, columns);
    String clean = clean(text.strip());
    int same = samePrefix(clean, clean(other.strip()));
    if (same < CONTEXT
        || whole.startsWith(clean.substring(0, Math.min(same + 1, clean.length())))) {
      return whole;
    }
    int from = same - CONTEXT;
    String rest = clean.substring(Character.isLowSurrogate(clean.charAt(from)) ? from - 1 : from);
    String length = " (" + count(text.length(), "character") + ")";
    String shown = start(rest, columns - width(length) - 2);
    return "…" + shown + (shown.length() < rest.length() ? "…" : "") + length;
  }

  private static String differingLines(String text, String other, int columns) {
    List<String> lines = text.lines().toList();
    List<String> others = other.lines().toList();
    int most = Math.min(lines.size(), others.size());
    int first = 0;
    while (first < most && lines.get(first).equals(others.get(first))) {
      first++;
    }
    int same = 0; // at the end
    while (same < most - first
        && lines.get(lines.size() - 1 - same).equals(others.get(others.size() - 1 - same))) {
      same++;
    }
    List<String> differing = lines.subList(first, lines.size() - same);
    if (differing.isEmpty() || !isLong(text)) {
      return oneLine(text, columns);
    }
    String number = differing.size() == 1
        ? "line " + (first + 1)
        : "lines " + (first + 1) + " to " + (first + differing.size());
    String start = size(text) + ", " + number + ": ";
    String shown = clean(String.join(" ↵ ", differing));
    String cut = start(shown, columns - width(start) - 1);
    return start + cut + (cut.length() < shown.length() ? "…" : "");
  }

  private static int samePrefix(String left, String right) {
    int same = 0;
    while (same < left.length()
        && same < right.length()
        && left.charAt(same) == right.charAt(same)) {
      same++;
    }
    return same;
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
