// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.OperationRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What can be asked of an operation under way, by whatever process. */
final class SignalCommands {

  private SignalCommands() {}

  /** Pauses an operation. */
  @Command(
      name = "pause",
      description = "Ask an operation to stop at its next step and let go of the app.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Pause extends HomeCommand {

    @Parameters(paramLabel = "RECORD", description = "The operation.")
    private RecordId record;

    @Mixin
    private Actor actor;

    @Override
    int run(Home home, Output output) {
      Execution.end(output, home.apps().pause(record, actor.name()), Names.none());
      return ExitCode.DONE;
    }
  }

  /** Goes on with a paused operation. */
  @Command(name = "resume", description = "Go on with a paused operation.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Resume extends HomeCommand {

    @Parameters(paramLabel = "RECORD", description = "The operation.")
    private RecordId record;

    @Mixin
    private Execution execution;

    @Override
    int run(Home home, Output output) {
      try (Progress progress = new Progress(output, Names.none(), 0)) {
        Runnable pause = () -> home.apps().pause(record, execution.actor());
        return Interruption.pausing(record, pause, output, () -> {
          OperationRecord ended = home.apps().resume(record, execution.options(home, progress));
          progress.end();
          return Execution.end(output, ended, Names.none());
        });
      }
    }
  }

  /** Cancels an operation. */
  @Command(
      name = "cancel",
      description = "Ask an operation to stop at its next step and take back what it did.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Cancel extends HomeCommand {

    @Parameters(paramLabel = "RECORD", description = "The operation.")
    private RecordId record;

    @Mixin
    private Execution execution;

    @Override
    int run(Home home, Output output) {
      try (Progress progress = new Progress(output, Names.none(), 0)) {
        OperationRecord now = home.apps().cancel(record, execution.options(home, progress));
        progress.end();
        Execution.end(output, now, Names.none());
        return ExitCode.DONE;
      }
    }
  }
}
