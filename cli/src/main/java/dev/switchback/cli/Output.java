// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command says what it has to say: either text for people, bit by bit, or exactly one JSON
 * document. Warnings and errors go to standard error, as text in the one case, within the document in
 * the other.
 */
final class Output {

  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private boolean json;
  private boolean written;

  /**
   * Makes one.
   *
   * @param interactive whether a person looks at a terminal
   */
  Output(PrintStream out, PrintStream err, boolean interactive) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
  }

  /** Returns where to draw what moves; null if nobody looks at a terminal. */
  @Nullable
  PrintStream terminal() {
    return interactive && !json ? err : null;
  }

  /** Chooses between one JSON document and text. */
  void asJson(boolean json) {
    this.json = json;
  }

  /** Prints lines of text; nothing when a document is asked for. */
  void text(String text) {
    if (!json) {
      out.println(Text.clean(text.stripTrailing()));
      out.flush();
    }
  }

  /** Prints the document, if one is asked for and none was printed yet; a later one is dropped. */
  void document(Supplier<ObjectNode> document) {
    if (json && !written) {
      written = true;
      out.println(Json.write(document.get()));
      out.flush();
    }
  }

  /** Prints bytes as they are, in place of text and document. */
  void raw(byte[] bytes) {
    written = true;
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  /** Prints a warning, whatever is asked for. */
  void warn(String message) {
    err.println(Text.line("Warning: " + message));
  }

  /** Prints a line about what went wrong; nothing when the document will say it. */
  void error(String line) {
    if (!json || written) {
      err.println(Text.line(line));
    }
  }

  /** Prints where an exception comes from. */
  void trace(Exception e) {
    e.printStackTrace(err);
  }
}
