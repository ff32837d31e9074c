// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.internal.Display;
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
  private static final int NARROWEST = 40;
  private static final int WIDEST_NAME = 60;
  private static final int WIDEST_ARTIFACT = 80;

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
    followUps(out, plan);
    waves(out, plan);
    artifacts(out, plan);
    warnings(out, plan);
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
      paragraph(out, "  ! ", Display.clean(obstacle.message()));
      if (!obstacle.nextStep().isEmpty()) {
        paragraph(out, "    → ", Display.clean(obstacle.nextStep()));
      }
    }
  }

  private static void decisions(StringBuilder out, Plan plan, Verdict verdict) {
    int count = plan.decisions(verdict).size();
    if (count > 0) {
      heading(out, PlanLines.heading(verdict, count));
      new PlanRows(PlanLines.lines(plan, verdict), COLUMNS).appendTo(out);
    }
  }

  private static int widest(List<String> texts, int limit) {
    return Math.min(limit, texts.stream().mapToInt(Display::width).max().orElse(0));
  }

  /** Writes a text after a start, broken at the right edge and continued below where it began. */
  private static void paragraph(StringBuilder out, String start, String text) {
    int indent = Display.width(start);
    String before = start;
    for (String each : Display.wrap(text, Math.max(NARROWEST, COLUMNS - indent))) {
      line(out, before + each);
      before = " ".repeat(indent);
    }
  }

  private static void followUps(StringBuilder out, Plan plan) {
    List<FollowUp> followUps = plan.followUps();
    if (followUps.isEmpty()) {
      return;
    }
    heading(out, "To do by hand (" + followUps.size() + ")");
    int id = followUps.stream().mapToInt(each -> each.id().length()).max().orElse(0);
    FollowUpLines lines = new FollowUpLines(plan);
    for (FollowUp each : followUps) {
      paragraph(out, "  " + Display.pad(each.id(), id) + "  ", Display.clean(each.instruction()));
      for (String value : lines.values(each, COLUMNS - id - 4)) {
        line(out, " ".repeat(id + 4) + value);
      }
    }
  }

  private static void waves(StringBuilder out, Plan plan) {
    List<Wave> waves = plan.waves();
    if (waves.isEmpty()) {
      return;
    }
    heading(out, "Steps");
    List<String> keys = new ArrayList<>();
    for (Wave wave : waves) {
      wave.steps().forEach(step -> keys.add(PlanLines.component(plan, step)));
    }
    int width = widest(keys, WIDEST_NAME);
    int number = Integer.toString(waves.size()).length();
    for (int i = 0; i < waves.size(); i++) {
      String label = "wave " + Display.pad(Integer.toString(i + 1), number);
      for (Step step : waves.get(i).steps()) {
        paragraph(
            out,
            "  " + label + "  "
                + Display.pad(PlanLines.lower(step.action().name()), 7)
                + "  " + Display.pad(PlanLines.component(plan, step), width) + "  ",
            Display.clean(step.reason()));
        label = " ".repeat(label.length());
      }
    }
  }

  private static void artifacts(StringBuilder out, Plan plan) {
    List<Artifact> artifacts = plan.artifacts();
    if (artifacts.isEmpty()) {
      return;
    }
    heading(out, "Artifacts (" + artifacts.size() + ")");
    int width = widest(artifacts.stream().map(PlanTable::name).toList(), WIDEST_ARTIFACT);
    int presence = widest(
        artifacts.stream().map(each -> PlanLines.presence(each.presence())).toList(), COLUMNS);
    for (Artifact artifact : artifacts) {
      String start = "  " + Display.pad(name(artifact), width) + "  "
          + Display.pad(PlanLines.presence(artifact.presence()), presence);
      String users = PlanLines.users(plan, artifact);
      if (users.isEmpty()) {
        line(out, start);
      } else if (Display.width(start + users) + 6 <= COLUMNS) {
        line(out, start + "  for " + users);
      } else {
        line(out, start);
        paragraph(out, "    for ", users);
      }
    }
  }

  static String name(Artifact artifact) {
    String digest = artifact.digest() == null ? "" : artifact.digest().shortText();
    String reference = Display.clean(artifact.reference());
    return digest.isEmpty() ? reference : reference.isEmpty() ? digest : reference + " " + digest;
  }

  private static void warnings(StringBuilder out, Plan plan) {
    List<Warning> warnings = plan.warnings();
    if (warnings.isEmpty()) {
      return;
    }
    heading(out, "Warnings (" + warnings.size() + ")");
    Names names = Names.of(plan);
    for (Warning warning : warnings) {
      String place = PlanLines.place(names, warning);
      paragraph(
          out, "  ", Display.clean((place.isEmpty() ? "" : place + ": ") + warning.message()));
    }
  }
}
