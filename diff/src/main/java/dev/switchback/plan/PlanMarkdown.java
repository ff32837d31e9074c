// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.internal.Display;
import dev.switchback.diff.internal.InnerRows;
import dev.switchback.model.app.FollowUp;
import java.util.ArrayList;
import java.util.List;

/** Writes a plan as Markdown. */
final class PlanMarkdown {

  private static final int COLUMNS = 200;

  private PlanMarkdown() {}

  static String of(Plan plan) {
    StringBuilder out = new StringBuilder();
    out.append("## ").append(Display.markdown(PlanLines.title(plan))).append("\n\n");
    table(out, List.of("", ""), PlanLines.head(plan));
    section(
        out,
        "Obstacles (" + plan.obstacles().size() + ")",
        List.of("obstacle", "next step"),
        plan.obstacles().stream()
            .map(obstacle -> List.of(obstacle.message(), obstacle.nextStep()))
            .toList());
    decisions(out, plan, Verdict.CONFLICT);
    decisions(out, plan, Verdict.APPLY);
    decisions(out, plan, Verdict.KEEP);
    section(
        out,
        "To do by hand (" + plan.followUps().size() + ")",
        List.of("", "what", "values"),
        followUps(plan));
    List<List<String>> steps = new ArrayList<>();
    for (int i = 0; i < plan.waves().size(); i++) {
      for (Step step : plan.waves().get(i).steps()) {
        steps.add(List.of(
            Integer.toString(i + 1),
            PlanLines.lower(step.action().name()),
            PlanLines.component(plan, step),
            step.reason()));
      }
    }
    section(out, "Steps", List.of("wave", "action", "component", "why"), steps);
    section(
        out,
        "Artifacts (" + plan.artifacts().size() + ")",
        List.of("artifact", "", "for"),
        plan.artifacts().stream()
            .map(each -> List.of(
                PlanTable.name(each),
                PlanLines.presence(each.presence()),
                PlanLines.users(plan, each)))
            .toList());
    Names names = Names.of(plan);
    section(
        out,
        "Warnings (" + plan.warnings().size() + ")",
        List.of("place", "warning"),
        plan.warnings().stream()
            .map(each -> List.of(PlanLines.place(names, each), each.message()))
            .toList());
    if (plan.isExecutable() && plan.isEmpty()) {
      out.append("\nNothing to do.\n");
    }
    return out.toString();
  }

  private static List<List<String>> followUps(Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    FollowUpLines lines = new FollowUpLines(plan);
    for (FollowUp each : plan.followUps()) {
      List<String> values = lines.values(each, COLUMNS);
      rows.add(List.of(each.id(), each.instruction(), values.isEmpty() ? "" : values.get(0)));
      values.stream().skip(1).forEach(value -> rows.add(List.of("", "", value.strip())));
    }
    return rows;
  }

  private static void decisions(StringBuilder out, Plan plan, Verdict verdict) {
    List<List<String>> rows = new ArrayList<>();
    for (PlanLines.Line line : PlanLines.lines(plan, verdict)) {
      rows.add(List.of(
          line.group(),
          line.symbol().isBlank() ? "" : line.symbol(),
          line.property(),
          line.item(),
          line.field(),
          line.shownBefore(COLUMNS),
          line.shownAfter(COLUMNS),
          line.note()));
      for (InnerRows.Row each : line.content()) {
        String value = Display.joined(each.value(), COLUMNS);
        boolean added = line.type() == ChangeType.ADDED;
        rows.add(List.of(
            line.group(),
            "",
            each.property(),
            each.item(),
            "",
            added ? "" : value,
            added ? value : "",
            ""));
      }
    }
    section(
        out,
        PlanLines.heading(verdict, plan.decisions(verdict).size()),
        List.of("where", "", "property", "item", "field", "before", "after", "why"),
        rows);
  }

  private static void section(
      StringBuilder out, String heading, List<String> columns, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      out.append("\n### ").append(heading).append("\n\n");
      table(out, columns, rows);
    }
  }

  private static void table(StringBuilder out, List<String> columns, List<List<String>> rows) {
    out.append("| ").append(String.join(" | ", columns)).append(" |\n");
    out.append("|").append(" --- |".repeat(columns.size())).append('\n');
    for (List<String> row : rows) {
      out.append("| ")
          .append(String.join(
              " | ",
              row.stream()
                  .map(cell -> Display.markdown(Display.oneLine(cell, COLUMNS)))
                  .toList()))
          .append(" |\n");
    }
  }
}
