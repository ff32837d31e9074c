// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.core.ProgressEvent;
import java.io.PrintStream;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how an operation comes along: a bar where a person looks at a terminal, else a line for each
 * event.
 */
final class Progress implements AutoCloseable {

  private static final int WIDTH = 78;
  private static final int REDRAW_MILLIS = 100;

  private final Output output;
  private final Names names;
  private final @Nullable ProgressBar bar;
  private final @Nullable PrintStream terminal;
  private boolean closed;

  /**
   * Begins to show.
   *
   * @param steps how many steps there will be; less than one if that is not known
   */
  Progress(Output output, Names names, int steps) {
    this.output = output;
    this.names = names;
    this.terminal = output.terminal();
    this.bar = terminal == null ? null : bar(terminal, steps);
  }

  private static ProgressBar bar(PrintStream terminal, int steps) {
    return new ProgressBarBuilder()
        .setInitialMax(steps < 1 ? -1 : steps)
        .setTaskName("Steps")
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .setConsumer(new DelegatingProgressBarConsumer(
            line -> {
              int rest = Math.max(0, WIDTH - Text.width(line));
              terminal.print("\r" + line + " ".repeat(rest));
              terminal.flush();
            },
            WIDTH))
        .build();
  }

  void on(ProgressEvent event) {
    String what = word(event.kind());
    if (what.isEmpty()) {
      return;
    }
    String component = names.text(event.component(), "(shared)");
    String action = event.action() == null ? "" : Text.word(event.action());
    if (bar == null) {
      String message = event.message().isEmpty() ? "" : ": " + event.message();
      output.text("  " + padded(what, 8) + padded(action, 8) + Text.line(component + message));
      return;
    }
    if (event.kind() != ProgressEvent.Kind.STEP_STARTED) {
      bar.step();
    }
    bar.setExtraMessage(" " + what + " " + action + " " + Text.shorten(component, 16));
  }

  private static String word(ProgressEvent.Kind kind) {
    return switch (kind) {
      case STARTED, PAUSED, FINISHED -> "";
      case STEP_STARTED -> "begin";
      case STEP_DONE -> "done";
      case STEP_FAILED -> "FAILED";
      case STEP_UNDONE -> "undone";
    };
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(Math.max(0, width - word.length()));
  }

  @Override
  public void close() {
    end();
  }

  /** Ends the bar, so that what follows has a line of its own; a second call does nothing. */
  void end() {
    if (bar != null && terminal != null && !closed) {
      closed = true;
      bar.close();
      terminal.println();
    }
  }
}
