// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff.internal;

import java.util.List;

/** Lays out what is inside a component: one line for each item, below the line of the component. */
public final class InnerRows {

  private static final int WIDEST_ITEM = 30;
  private static final int NARROWEST_VALUE = 24;

  private InnerRows() {}

  /**
   * One item.
   *
   * @param property the code of its kind
   * @param item its key; empty for an only child
   * @param value what it is; may be empty
   */
  public record Row(String property, String item, String value) {}

  /**
   * Writes the rows.
   *
   * @param indent the number of blanks before each
   * @param columns how wide a line may get, as far as items allow; values are cut
   */
  public static void append(StringBuilder out, List<Row> rows, int indent, int columns) {
    int property =
        rows.stream().mapToInt(row -> Display.width(row.property())).max().orElse(0);
    int item = rows.stream()
        .mapToInt(row -> Display.width(row.item()))
        .filter(width -> width <= WIDEST_ITEM)
        .max()
        .orElse(0);
    for (Row row : rows) {
      String start = " ".repeat(indent)
          + Display.pad(row.property(), property)
          + "  "
          + (item == 0 && row.item().isEmpty() ? "" : Display.pad(row.item(), item) + "  ");
      int room = Math.max(NARROWEST_VALUE, columns - Display.width(start));
      out.append((start + Display.joined(row.value(), room)).stripTrailing()).append('\n');
    }
  }
}
