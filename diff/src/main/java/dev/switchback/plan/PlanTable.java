// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.internal.Display;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.FollowUp;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a plan to a person: what stands in its way, what it changes, what it does not change and by
 * which rule, what is left to do by hand, and the steps in order. Secrets are never shown, but that
 * one changes is.
 */
public final class PlanTable {

  private static final int COLUMNS = 120;
  private static final int WIDEST_CELL = 36;
  private static final int VALUE = 44;

  private PlanTable() {}

  /** Returns the plan as text for a terminal of about 120 columns; ends with a line feed. */
  public static String text(Plan plan) {
    StringBuilder out = new StringBuilder();
    line(out, Display.clean(PlanLines.title(plan)));
    for (List<String> fact : PlanLines.head(plan)) {
      line(out, "  " + Display.pad(fact.get(0), 8) + fact.get(1));
    }
    obstacles(out, plan.obstacles());
    decisions(out, plan, Verdict.CONFLICT);
    decisions(out, plan, Verdict.APPLY);
    decisions(out, plan, Verdict.KEEP);
    followUps(out, plan.followUps());
    waves(out, plan.waves());
    artifacts(out, plan.artifacts());
    warnings(out, plan.warnings());
    if (plan.isExecutable() && plan.isEmpty()) {
      heading(out, "Nothing to do.");
    }
    return out.toString();
  }

  /** Returns the plan as Markdown; ends with a line feed. */
  public static String markdown(Plan plan) {
    return PlanMarkdown.of(plan);
  }

  private static void line(StringBuilder out, String text) {
    out.append(text.stripTrailing()).append('\n');
  }

  private static void heading(StringBuilder out, String text) {
    out.append('\n');
    line(out, text);
  }

  private static void obstacles(StringBuilder out, List<Obstacle> obstacles) {
    if (obstacles.isEmpty()) {
      return;
    }
    heading(out, "Obstacles (" + obstacles.size() + ")");
    for (Obstacle obstacle : obstacles) {
      line(out, "  ! " + Display.clean(obstacle.message()));
      if (!obstacle.nextStep().isEmpty()) {
        line(out, "    → " + Display.clean(obstacle.nextStep()));
      }
    }
  }

  private static void decisions(StringBuilder out, Plan plan, Verdict verdict) {
    int count = plan.decisions(verdict).size();
    if (count == 0) {
      return;
    }
    List<PlanLines.Line> lines = PlanLines.lines(plan, verdict);
    heading(out, PlanLines.heading(verdict, count));
    int property = widest(lines.stream().map(PlanLines.Line::property).toList());
    int item = widest(lines.stream().map(PlanLines.Line::item).toList());
    int field = widest(lines.stream().map(PlanLines.Line::field).toList());
    int indent = 6 + property + gap(item) + gap(field) + 2;
    int value = Math.min(
        VALUE,
        lines.stream().mapToInt(each -> Display.width(each.value(VALUE))).max().orElse(0));
    String group = "";
    for (PlanLines.Line each : lines) {
      if (!each.group().equals(group)) {
        group = each.group();
        line(out, "  " + group);
      }
      String start = "    " + each.symbol() + " "
          + Display.pad(each.property(), property)
          + cell(each.item(), item)
          + cell(each.field(), field)
          + "  ";
      String text = each.value(Math.max(24, COLUMNS - indent));
      if (each.note().isEmpty()) {
        line(out, start + text);
      } else if (Display.width(text) <= value) {
        line(out, start + Display.pad(text, value) + "  " + each.note());
      } else {
        line(out, start + text);
        line(out, " ".repeat(indent + value) + "  " + each.note());
      }
    }
  }

  private static int gap(int width) {
    return width == 0 ? 0 : width + 2;
  }

  private static String cell(String text, int width) {
    return width == 0 ? "" : "  " + Display.pad(text, width);
  }

  private static int widest(List<String> texts) {
    return Math.min(WIDEST_CELL, texts.stream().mapToInt(Display::width).max().orElse(0));
  }

  private static void followUps(StringBuilder out, List<FollowUp> followUps) {
    if (followUps.isEmpty()) {
      return;
    }
    heading(out, "To do by hand (" + followUps.size() + ")");
    int id = followUps.stream().mapToInt(each -> each.id().length()).max().orElse(0);
    for (FollowUp each : followUps) {
      line(out, "  " + Display.pad(each.id(), id) + "  " + Display.clean(each.instruction()));
      String values = values(each);
      if (!values.isEmpty()) {
        line(out, "  " + " ".repeat(id) + "  " + values);
      }
    }
  }

  static String values(FollowUp followUp) {
    int columns = 50;
    if (followUp.before().isEmpty()) {
      return followUp.after().isEmpty() ? "" : "new: " + Display.oneLine(followUp.after(), columns);
    }
    String stays = "stays: " + Display.oneLine(followUp.before(), columns);
    return followUp.after().isEmpty()
        ? stays
        : stays + ", new: " + Display.oneLine(followUp.after(), columns);
  }

  private static void waves(StringBuilder out, List<Wave> waves) {
    if (waves.isEmpty()) {
      return;
    }
    heading(out, "Steps");
    List<String> keys = new ArrayList<>();
    for (Wave wave : waves) {
      wave.steps().forEach(step -> keys.add(key(step)));
    }
    int width = widest(keys);
    int number = Integer.toString(waves.size()).length();
    for (int i = 0; i < waves.size(); i++) {
      String label = "wave " + Display.pad(Integer.toString(i + 1), number);
      for (Step step : waves.get(i).steps()) {
        line(
            out,
            "  " + label + "  "
                + Display.pad(PlanLines.lower(step.action().name()), 7)
                + "  " + Display.pad(key(step), width)
                + "  " + Display.clean(step.reason()));
        label = " ".repeat(label.length());
      }
    }
  }

  static String key(Step step) {
    ComponentKey component = step.component();
    return component == null ? "(the app)" : Display.clean(component.value());
  }

  private static void artifacts(StringBuilder out, List<Artifact> artifacts) {
    if (artifacts.isEmpty()) {
      return;
    }
    heading(out, "Artifacts (" + artifacts.size() + ")");
    int width = widest(artifacts.stream().map(PlanTable::name).toList());
    for (Artifact artifact : artifacts) {
      line(
          out,
          "  " + Display.pad(name(artifact), width) + "  "
              + PlanLines.presence(artifact.presence()));
    }
  }

  static String name(Artifact artifact) {
    String digest = artifact.digest() == null ? "" : artifact.digest().shortText();
    String reference = Display.clean(artifact.reference());
    return digest.isEmpty() ? reference : reference.isEmpty() ? digest : reference + " " + digest;
  }

  private static void warnings(StringBuilder out, List<Warning> warnings) {
    if (warnings.isEmpty()) {
      return;
    }
    heading(out, "Warnings (" + warnings.size() + ")");
    for (Warning warning : warnings) {
      line(out, "  " + Display.clean(warning.toString()));
    }
  }
}
