// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.SwitchbackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine.ParameterException;

/** Turns what went wrong into words for a person or a document for a script, and an exit code. */
final class Failures {

  private final Output output;
  private final Root root;

  Failures(Output output, Root root) {
    this.output = output;
    this.root = root;
  }

  /** Reports words that make no sense. */
  int wrongUsage(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    output.error("Wrong usage: " + message);
    output.error("See: " + command + " --help");
    output.document(() -> document("usage", message, false, List.of()));
    return ExitCode.USAGE;
  }

  /** Reports that a command ended early. */
  int report(Exception e) {
    if (root.debug()) {
      output.trace(e);
    }
    if (e instanceof RefusedException refusal) {
      return refused(refusal);
    }
    if (e instanceof SwitchbackException failure) {
      return failed(failure.code(), String.valueOf(failure.getMessage()), failure.mayRetry());
    }
    if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return failed("io-failed", describe(unchecked.getCause()), false);
    }
    if (e instanceof IOException io) {
      return failed("io-failed", describe(io), false);
    }
    return failed(
        "unexpected",
        "Unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage()
            + " (this is a fault of Switchback; --debug shows where)",
        false);
  }

  /** Reports that a command needed more memory than there is. */
  int outOfMemory() {
    return failed(
        "out-of-memory",
        "Cannot hold all of it in the "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MiB of memory that Java may use (allow more with java -Xmx)",
        false);
  }

  private int refused(RefusedException refusal) {
    // The first line says what was refused, the others repeat the obstacles.
    String all = String.valueOf(refusal.getMessage());
    String first = all.lines().findFirst().orElse(all);
    String what = first.endsWith(":") ? first.substring(0, first.length() - 1) : first;
    output.error(what + ":");
    refusal.obstacles().forEach(obstacle -> output.error("  - " + obstacle.explain()));
    output.document(() -> document(refusal.code(), what, false, refusal.obstacles()));
    return ExitCode.REFUSED;
  }

  private int failed(String code, String message, boolean mayRetry) {
    output.error(message + (mayRetry ? " (the same command may work later)" : ""));
    output.document(() -> document(code, message, mayRetry, List.of()));
    return ExitCode.FAILED;
  }

  private static ObjectNode document(
      String code, String message, boolean mayRetry, List<Obstacle> obstacles) {
    ObjectNode document = Json.object();
    ObjectNode error = document.putObject("error");
    error.put("code", code);
    error.put("message", message);
    error.put("mayRetry", mayRetry);
    error.set("obstacles", Json.list(obstacles, Json::obstacle));
    return document;
  }

  /** Says in words what the JDK says with the name of a class. */
  private static String describe(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return "Cannot find " + missing.getFile() + ": there is no such file";
    }
    if (e instanceof AccessDeniedException denied) {
      return "Cannot open " + denied.getFile() + ": access is denied";
    }
    if (e instanceof FileSystemException other) {
      return "Cannot use " + other.getFile() + ": " + other.getReason();
    }
    return "Cannot read or write: " + e.getMessage();
  }
}
