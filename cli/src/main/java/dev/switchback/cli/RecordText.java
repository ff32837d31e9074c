// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.model.app.Approval;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationRecord;
import java.util.List;

/** Records as text. */
final class RecordText {

  private static final int VALUE = 100;
  private static final int NAME = 30;

  private RecordText() {}

  /** Lists records, a line each. */
  static String list(List<OperationRecord> records) {
    Table table =
        Table.of("RECORD", "KIND", "STATUS", "FROM", "TO", "REVISION", "STARTED", "BY", "REASON");
    records.forEach(record -> table.row(
        record.id(),
        Text.word(record.kind()),
        Text.word(record.status()),
        record.from().map(ref -> ref.version().text()).orElse("-"),
        record.to().map(ref -> ref.version().text()).orElse("-"),
        revisions(record),
        Text.time(record.startedAt()),
        record.actor(),
        Text.shorten(record.reason(), 40)));
    return table.isEmpty() ? "There are no records." : table.toString();
  }

  private static String revisions(OperationRecord record) {
    return record.baseGeneration()
        + " -> "
        + (record.resultGeneration() == 0 ? "-" : record.resultGeneration());
  }

  /** Describes a record: its head, what became of each step, and what is left to do by hand. */
  static String full(OperationRecord record, Names names) {
    StringBuilder text = new StringBuilder();
    SpecText.head(text, "Record", record.id().value());
    SpecText.head(text, "App", record.app().value());
    SpecText.head(text, "Kind", Text.word(record.kind()));
    SpecText.head(text, "Status", Text.word(record.status()));
    SpecText.head(text, "From", record.from().map(Object::toString).orElse(""));
    SpecText.head(text, "To", record.to().map(Object::toString).orElse(""));
    SpecText.head(text, "Revision", revisions(record));
    SpecText.head(text, "By", record.actor());
    SpecText.head(text, "Reason", record.reason());
    SpecText.head(
        text,
        "Approved by",
        record.approvals().stream().map(Approval::actor).collect(Text.joined()));
    SpecText.head(text, "Takes back", record.parent().map(Object::toString).orElse(""));
    SpecText.head(text, "Message", record.message());
    if (!record.results().isEmpty()) {
      text.append('\n').append(results(record.results(), names));
    }
    if (!record.followUps().isEmpty()) {
      text.append("\nTo do by hand:\n").append(followUps(record.followUps()));
    }
    return text.toString();
  }

  private static Table results(List<ComponentResult> results, Names names) {
    Table table = Table.of("COMPONENT", "NAME", "STEP", "OUTCOME", "MESSAGE");
    results.forEach(result -> table.row(
        result.component() == null ? "(shared)" : result.component(),
        name(names, result),
        Text.word(result.action()),
        Text.word(result.outcome()),
        result.message()));
    return table;
  }

  private static String name(Names names, ComponentResult result) {
    String name = names.name(result.component());
    return name == null ? "" : Text.shorten(name, NAME);
  }

  private static String followUps(List<FollowUp> followUps) {
    StringBuilder text = new StringBuilder();
    for (FollowUp one : followUps) {
      String start = one.id() + "  ";
      text.append(start).append(Text.line(one.instruction())).append('\n');
      value(text, start.length(), "stays", one.before());
      value(text, start.length(), "new", one.after());
    }
    return text.toString();
  }

  private static void value(StringBuilder text, int indent, String label, String value) {
    if (!value.isEmpty()) {
      text.append(" ".repeat(indent))
          .append(label)
          .append(": ")
          .append(Text.shorten(value, VALUE))
          .append('\n');
    }
  }
}
