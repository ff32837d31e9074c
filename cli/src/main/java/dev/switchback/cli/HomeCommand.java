// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that works on a home directory. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class HomeCommand implements Callable<Integer> {

  @ParentCommand
  private Root root;

  @Spec
  private CommandSpec spec;

  @Override
  public final Integer call() throws IOException {
    Output output = root.output();
    try (Home home = root.open()) {
      return run(home, output);
    }
  }

  /**
   * Does what the command is for.
   *
   * @return the exit code
   */
  abstract int run(Home home, Output output) throws IOException;

  /** Says that the options make no sense together. */
  final ParameterException wrongUsage(String message) {
    return Main.wrongUsage(spec.commandLine(), message);
  }
}
