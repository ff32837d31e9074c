// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.FieldChange;
import dev.switchback.diff.internal.Display;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.FollowUp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What text and Markdown say about the values of follow-ups. */
final class FollowUpLines {

  // Edited items of which several fields differ and are not taken, to look up only.
  private final Map<Key, Decision> edits = new HashMap<>();

  FollowUpLines(Plan plan) {
    for (Decision decision : plan.decisions()) {
      if (decision.type() == ChangeType.EDITED
          && decision.verdict() != Verdict.APPLY
          && decision.fields().size() > 1) {
        edits.put(
            new Key(decision.property().code(), decision.component(), decision.item()), decision);
      }
    }
  }

  /** The place of an item, its kind by name as a follow-up has it. */
  private record Key(String kind, @Nullable ComponentKey component, String item) {}

  /**
   * Returns what stays and what would be new: in one line, in two if that is too wide, or field by
   * field where several differ.
   */
  List<String> values(FollowUp followUp, int columns) {
    List<String> lines = new ArrayList<>();
    List<FieldChange> fields = fields(followUp);
    for (FieldChange field : fields) {
      String start = Display.clean(field.field()) + ": ";
      String before = said(field.before(), field.after());
      String after = "→ " + said(field.after(), field.before());
      add(lines, start + before, " ", "  " + after, columns);
    }
    if (fields.isEmpty()) {
      String before =
          followUp.before().isEmpty() ? "" : "stays: " + said(followUp.before(), followUp.after());
      String after =
          followUp.after().isEmpty() ? "" : "new: " + said(followUp.after(), followUp.before());
      if (before.isEmpty() || after.isEmpty()) {
        lines.add(before + after);
      } else {
        add(lines, before, ", ", after, columns);
      }
    }
    lines.removeIf(String::isEmpty);
    return lines;
  }

  private static void add(
      List<String> lines, String first, String joint, String second, int columns) {
    String both = first + joint + second.stripLeading();
    if (Display.width(both) <= columns) {
      lines.add(both);
    } else {
      lines.add(first);
      lines.add(second);
    }
  }

  private static String said(String value, String other) {
    return value.isEmpty() ? PlanLines.NONE : Display.differing(value, other, PlanLines.LONGEST);
  }

  /** Returns the fields that differ, if several do and the decision is about the same difference. */
  private List<FieldChange> fields(FollowUp followUp) {
    Decision decision = edits.get(new Key(followUp.kind(), followUp.component(), followUp.item()));
    return decision != null
            && decision.before().equals(followUp.before())
            && decision.after().equals(followUp.after())
        ? decision.fields()
        : List.of();
  }
}
