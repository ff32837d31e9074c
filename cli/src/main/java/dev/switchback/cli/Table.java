// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells below headings, in columns as wide as their widest cell. */
final class Table {

  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  private Table(List<String> headings) {
    lines.add(headings);
  }

  /** Starts a table with a heading for each column. */
  static Table of(String... headings) {
    return new Table(List.of(headings));
  }

  /** Adds a line; numbers and values are written as their text. */
  Table row(Object... cells) {
    List<String> line = new ArrayList<>();
    for (Object cell : cells) {
      line.add(Text.line(String.valueOf(cell)));
    }
    if (line.size() != lines.get(0).size()) {
      throw new IllegalArgumentException(
          "Invalid line of a table: " + line.size() + " cells below " + lines.get(0));
    }
    lines.add(line);
    return this;
  }

  /** Tells whether there is no line below the headings. */
  boolean isEmpty() {
    return lines.size() == 1;
  }

  /** Returns the lines, without blanks at their ends. */
  @Override
  public String toString() {
    int columns = lines.get(0).size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Text.width(line.get(i)));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = line.get(i);
        row.append(cell).append(" ".repeat(widths[i] - Text.width(cell))).append(GAP);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
