// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.internal.Display;
import dev.switchback.diff.internal.InnerRows;
import java.util.List;

/**
 * Lays out decisions as rows. What would not fit beside the item stands below it, where there is room
 * for a whole image reference: first the value, then the rule in brackets, then what is inside.
 */
final class PlanRows {

  private static final int WIDEST_ITEM = 30;
  private static final int WIDEST_FIELD = 22;
  private static final int WIDEST_VALUE = 44;
  private static final String BELOW = "        ";

  private final List<PlanLines.Line> lines;
  private final int columns;
  private final int property;
  private final int item;
  private final int field;
  private final int value;

  PlanRows(List<PlanLines.Line> lines, int columns) {
    this.lines = lines;
    this.columns = columns;
    List<PlanLines.Line> items =
        lines.stream().filter(line -> !line.isComponent()).toList();
    this.property = widest(items.stream().map(PlanLines.Line::property).toList(), columns);
    this.item = widest(items.stream().map(PlanLines.Line::item).toList(), WIDEST_ITEM);
    this.field = widest(items.stream().map(PlanLines.Line::field).toList(), WIDEST_FIELD);
    this.value = valueColumn(items, columns - (8 + property + gap(item) + gap(field)) - 2);
  }

  /** Returns the width of the values with which most rules stand beside them, one below the other. */
  private static int valueColumn(List<PlanLines.Line> items, int room) {
    List<PlanLines.Line> ruled =
        items.stream().filter(line -> !line.note().isEmpty()).toList();
    int best = 0;
    long most = 0;
    for (int width = 1; width <= WIDEST_VALUE; width++) {
      int left = room - width;
      int limit = width;
      long fit = ruled.stream()
          .filter(line -> Display.width(value(line)) <= limit)
          .filter(line -> Display.width(line.note()) <= left)
          .count();
      if (fit > most) {
        most = fit;
        best = width;
      }
    }
    return best;
  }

  private static int widest(List<String> texts, int limit) {
    return texts.stream()
        .mapToInt(Display::width)
        .filter(width -> width <= limit)
        .max()
        .orElse(0);
  }

  private static int gap(int width) {
    return width == 0 ? 0 : width + 2;
  }

  void appendTo(StringBuilder out) {
    String group = "";
    String note = "";
    for (PlanLines.Line line : lines) {
      if (line.isFirst()) {
        appendNote(out, note);
        note = "";
      }
      if (!line.group().equals(group)) {
        group = line.group();
        append(out, "  " + group);
      }
      note += append(out, line);
      if (!line.content().isEmpty()) {
        appendNote(out, note);
        note = "";
        InnerRows.append(out, line.content(), BELOW.length(), columns);
      }
    }
    appendNote(out, note);
  }

  /** Writes a line; returns its note if there was no room for it. */
  private String append(StringBuilder out, PlanLines.Line line) {
    String start = start(line);
    String text = value(line);
    if (Display.width(start) + Display.width(text) > columns) {
      append(out, start);
      below(out, line);
      return line.note();
    }
    String row = start + Display.pad(text, line.isComponent() ? 0 : value);
    if (line.note().isEmpty() || Display.width(row) + 2 + Display.width(line.note()) > columns) {
      append(out, row);
      return line.note();
    }
    append(out, row + "  " + line.note());
    return "";
  }

  private String start(PlanLines.Line line) {
    String start = "    " + line.symbol() + " ";
    return line.isComponent()
        ? start + line.property() + "  "
        : start
            + Display.pad(line.property(), property)
            + cell(line.item(), item)
            + cell(line.field(), field)
            + "  ";
  }

  private static String cell(String text, int width) {
    return width == 0 && text.isEmpty() ? "" : "  " + Display.pad(text, width);
  }

  private static String value(PlanLines.Line line) {
    return switch (line.type()) {
      case ADDED -> line.shownAfter(PlanLines.LONGEST);
      case REMOVED -> line.shownBefore(PlanLines.LONGEST);
      case EDITED ->
        line.shownBefore(PlanLines.LONGEST) + " → " + line.shownAfter(PlanLines.LONGEST);
    };
  }

  private static void below(StringBuilder out, PlanLines.Line line) {
    if (line.type() == ChangeType.EDITED) {
      append(out, BELOW + line.shownBefore(PlanLines.LONGEST));
      append(out, "      → " + line.shownAfter(PlanLines.LONGEST));
    } else {
      append(out, BELOW + value(line));
    }
  }

  private static void appendNote(StringBuilder out, String note) {
    if (!note.isEmpty()) {
      append(out, BELOW + "(" + note + ")");
    }
  }

  private static void append(StringBuilder out, String line) {
    out.append(line.stripTrailing()).append('\n');
  }
}
