// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs one command and ends with its exit code: 0 done, 1 refused, 2 wrong usage, 3 the world failed.
 */
public final class Main {

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final boolean interactive;

  /**
   * Makes a command line that writes to no terminal.
   *
   * @param out takes what a command has to say
   * @param err takes warnings and errors
   * @param environment the variables of the process, of which {@code SWITCHBACK_HOME} is read
   */
  public Main(PrintStream out, PrintStream err, Map<String, String> environment) {
    this(out, err, environment, false);
  }

  private Main(
      PrintStream out, PrintStream err, Map<String, String> environment, boolean interactive) {
    this.interactive = interactive;
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /** Runs the command that {@code arguments} name and ends the process. */
  public static void main(String[] arguments) {
    // Whatever the locale of the machine says: names in documents are often not ASCII.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    if (!Arrays.asList(arguments).contains("--debug")) {
      LogManager.getLogManager().reset();
      Logger.getLogger("").setLevel(Level.OFF);
    }
    int code = new Main(out, err, System.getenv(), isTerminal()).run(arguments);
    out.flush();
    System.exit(code);
  }

  @SuppressWarnings("SystemConsoleNull") // what it says of Java 22 is seen to below
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // From Java 22 on there may be a console without a terminal.
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /**
   * Runs one command.
   *
   * @param arguments the words of the command line
   * @return the exit code
   */
  public int run(String... arguments) {
    Output output = new Output(out, err, interactive);
    Root root = new Root(output, environment);
    CommandLine commands = new CommandLine(root);
    Converters.register(commands);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setOut(new PrintWriter(out, true, UTF_8));
    commands.setErr(new PrintWriter(err, true, UTF_8));
    // The parser may fail before it sees the option, and the answer has to be JSON all the same.
    output.asJson(Arrays.asList(arguments).contains("--json"));
    Failures failures = new Failures(output, root);
    commands.setParameterExceptionHandler((e, words) -> failures.wrongUsage(e));
    commands.setExecutionExceptionHandler((e, command, result) -> failures.report(e));
    int code = execute(commands, failures, arguments);
    out.flush();
    return code;
  }

  private static int execute(CommandLine commands, Failures failures, String... arguments) {
    try {
      return commands.execute(arguments);
    } catch (OutOfMemoryError e) {
      // What filled the memory is free again: it belonged to the command.
      return failures.outOfMemory();
    }
  }

  /** Says that the words of the command line make no sense together. */
  static ParameterException wrongUsage(CommandLine command, String message) {
    return new ParameterException(command, message);
  }
}
