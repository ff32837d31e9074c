// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.diff.internal.Display;
import dev.switchback.diff.internal.InnerRows;
import dev.switchback.model.ComponentKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shows a diff to a person: the app first, then component by component, one line for each field that
 * changed; {@code +} for what is added, {@code -} for what is removed, {@code ~} for what is edited.
 * Below a component that is added or removed stands what is in it, one line for each item.
 *
 * <p>No secret is shown, but that one changed is. Texts of several lines are shown by their size, very
 * long ones are cut; {@link Change#fields()} has them in full.
 */
public final class DiffTable {

  private static final int DEFAULT_COLUMNS = 120;
  private static final int MARKDOWN_COLUMNS = 200;
  private static final int WIDEST_CELL = 36;
  private static final int NARROWEST_VALUE = 24;
  private static final int LONGEST_VALUE = 160;
  private static final String NOTHING = "No changes.\n";
  private static final String NONE = "(none)";
  private static final String BELOW = "      ";

  private DiffTable() {}

  /** Returns the diff as text of 120 columns; ends with a line feed. */
  public static String text(Diff diff) {
    return text(diff, DEFAULT_COLUMNS);
  }

  /**
   * Returns the diff as aligned text.
   *
   * @param columns how wide the terminal is; lines are kept within that as far as the names of items
   *     and values such as image references allow, which are shown whole, below if need be
   */
  public static String text(Diff diff, int columns) {
    if (diff.isEmpty()) {
      return NOTHING;
    }
    List<Line> lines = lines(diff);
    int property = widest(lines.stream().map(Line::property).toList());
    int item = widest(lines.stream().map(Line::item).toList());
    int field = widest(lines.stream().map(Line::field).toList());
    int indent = 4 + property + 2 + (item == 0 ? 0 : item + 2) + (field == 0 ? 0 : field + 2);
    StringBuilder result = new StringBuilder(heading(diff)).append(".\n");
    Optional<String> group = Optional.empty();
    for (Line line : lines) {
      if (!group.equals(Optional.of(line.group()))) {
        group = Optional.of(line.group());
        result.append('\n').append(line.group()).append('\n');
      }
      String start = "  " + line.symbol() + " "
          + Display.pad(line.property(), property) + "  "
          + (item == 0 ? "" : Display.pad(line.item(), item) + "  ")
          + (field == 0 ? "" : Display.pad(line.field(), field) + "  ");
      appendValue(result, start, line, indent, Math.max(NARROWEST_VALUE, columns - indent));
      InnerRows.append(result, inner(line.content()), BELOW.length(), columns);
    }
    return result.toString();
  }

  private static List<InnerRows.Row> inner(List<ContentItem> content) {
    return content.stream()
        .map(each ->
            new InnerRows.Row(each.property().code(), Display.clean(each.item()), each.value()))
        .toList();
  }

  /** Writes a value beside its item, in two lines if that is too wide, or below if that is too. */
  private static void appendValue(
      StringBuilder result, String start, Line line, int indent, int columns) {
    String before = Display.differing(line.before(), line.after(), LONGEST_VALUE);
    String after = Display.differing(line.after(), line.before(), LONGEST_VALUE);
    String value = line.isEdit() ? before + " → " + after : before + after;
    if (Display.width(value) <= columns) {
      appendLine(result, start + value);
    } else if (!line.isEdit()) {
      appendLine(result, start);
      appendLine(result, BELOW + value);
    } else if (Math.max(Display.width(before), Display.width(after) + 2) <= columns) {
      appendLine(result, start + before);
      appendLine(result, " ".repeat(indent) + "→ " + after);
    } else {
      appendLine(result, start);
      appendLine(result, BELOW + before);
      appendLine(result, "    → " + after);
    }
  }

  private static void appendLine(StringBuilder result, String line) {
    result.append(line.stripTrailing()).append('\n');
  }

  private static int widest(List<String> texts) {
    return Math.min(WIDEST_CELL, texts.stream().mapToInt(Display::width).max().orElse(0));
  }

  /** Returns the diff as Markdown: a heading and a table for each group; ends with a line feed. */
  public static String markdown(Diff diff) {
    if (diff.isEmpty()) {
      return NOTHING;
    }
    StringBuilder result = new StringBuilder(heading(diff)).append(".\n");
    Optional<String> group = Optional.empty();
    for (Line line : lines(diff)) {
      if (!group.equals(Optional.of(line.group()))) {
        group = Optional.of(line.group());
        result
            .append("\n### ")
            .append(Display.markdown(line.group()))
            .append("\n\n| | property | item | field | before | after |\n")
            .append("| --- | --- | --- | --- | --- | --- |\n");
      }
      appendCells(
          result,
          line.symbol().equals(" ") ? "" : "`" + line.symbol() + "`",
          line.property(),
          Display.markdown(line.item()),
          Display.markdown(line.field()),
          Display.markdown(Display.differing(line.before(), line.after(), MARKDOWN_COLUMNS)),
          Display.markdown(Display.differing(line.after(), line.before(), MARKDOWN_COLUMNS)));
      for (ContentItem each : line.content()) {
        String value = Display.markdown(Display.joined(each.value(), MARKDOWN_COLUMNS));
        boolean added = line.type() == ChangeType.ADDED;
        appendCells(
            result,
            "",
            each.property().code(),
            Display.markdown(each.item()),
            "",
            added ? "" : value,
            added ? value : "");
      }
    }
    return result.toString();
  }

  private static void appendCells(StringBuilder result, String... cells) {
    result.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String heading(Diff diff) {
    List<Change> changes = diff.changes();
    long components = changes.stream()
        .flatMap(change -> change.component().stream())
        .distinct()
        .count();
    boolean app = changes.stream().anyMatch(change -> change.component().isEmpty());
    String where = (app ? "the app" : "")
        + (app && components > 0 ? " and " : "")
        + (components > 0 ? Display.count(components, "component") : "");
    return Display.count(changes.size(), "change") + " in " + where;
  }

  private static List<Line> lines(Diff diff) {
    List<Line> lines = new ArrayList<>();
    for (Change change : diff.changes()) {
      String group = change.component().map(key -> group(diff, key)).orElse("The app");
      String property = change.property().code();
      boolean component = change.property() == PropertyKind.COMPONENT;
      String item = component ? "" : Display.clean(change.item());
      if (change.type() != ChangeType.EDITED) {
        String symbol = change.type() == ChangeType.ADDED ? "+" : "-";
        lines.add(new Line(
            group,
            symbol,
            property,
            item,
            "",
            change.before(),
            change.after(),
            change.type(),
            change.content()));
        continue;
      }
      String symbol = "~";
      for (FieldChange field : change.fields()) {
        String name = change.afterItem() instanceof Scalar ? "" : Display.clean(field.field());
        lines.add(new Line(
            group,
            symbol,
            property,
            item,
            name,
            shown(field.before()),
            shown(field.after()),
            change.type(),
            List.of()));
        symbol = " ";
        property = "";
        item = "";
      }
    }
    return lines;
  }

  private static String group(Diff diff, ComponentKey key) {
    return "Component " + Display.clean(diff.componentName(key));
  }

  private static String shown(String text) {
    return text.isEmpty() ? NONE : text;
  }

  private record Line(
      String group,
      String symbol,
      String property,
      String item,
      String field,
      String before,
      String after,
      ChangeType type,
      List<ContentItem> content) {

    boolean isEdit() {
      return type == ChangeType.EDITED;
    }
  }
}
