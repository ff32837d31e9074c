// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import dev.switchback.core.AppStatus;
import dev.switchback.core.ProgressEvent;
import dev.switchback.core.ProgressListener;
import dev.switchback.deploy.Observation;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.Image;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tells a person what happens: chapters, tables, progress as it comes. */
final class Narrator implements ProgressListener {

  private final PrintStream out;
  private int chapters;

  Narrator(PrintStream out) {
    this.out = out;
  }

  void chapter(String title) {
    out.println();
    out.println("== " + ++chapters + ". " + title);
    out.println();
  }

  void line(String text) {
    out.println(text);
  }

  void table(String text) {
    out.println(text.strip());
    out.println();
  }

  @Override
  public void on(ProgressEvent event) {
    String subject =
        event.component() == null ? "what they share" : event.component().value();
    String action = event.action() == null ? "" : lower(event.action());
    switch (event.kind()) {
      case STEP_DONE -> out.printf("  %-16s %-8s done%n", subject, action);
      case STEP_FAILED -> out.printf("  %-16s %-8s failed: %s%n", subject, action, event.message());
      case STEP_UNDONE -> out.printf("  %-16s %-8s taken back%n", subject, action);
      case STARTED, STEP_STARTED, PAUSED, FINISHED -> {}
    }
  }

  void record(OperationRecord record) {
    out.printf(
        "%s: %s (record %s)%n",
        lower(record.kind()), lower(record.status()).replace('_', ' '), record.id());
    if (!record.followUps().isEmpty()) {
      out.println("What is left to do by hand is kept with the record: " + ids(record));
    }
  }

  private static String ids(OperationRecord record) {
    return record.followUps().stream().map(FollowUp::id).collect(Collectors.joining(", "));
  }

  /** Prints what is recorded beside what the backend sees. */
  void status(AppStatus status) {
    out.printf(
        "%n%s is at %s, revision %d:%n",
        status.state().app(), status.state().version(), status.state().generation());
    for (Observation seen : status.observations()) {
      Image running = seen.image();
      out.printf(
          "  %-16s %-8s %s%n",
          seen.component(), lower(seen.health()), running == null ? "" : running.reference());
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
