// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.Drift;
import dev.switchback.diff.DiffTable;
import dev.switchback.model.AppId;
import dev.switchback.plan.DriftRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how what runs differs from what is recorded, and ends that. */
@Command(
    name = "drift",
    description = "Show how what runs differs from what is recorded, adopt it, or correct it.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DriftCommand extends HomeCommand {

  @Parameters(paramLabel = "APP", description = "The app.")
  private AppId app;

  @Option(names = "--adopt", description = "Record what runs; the site is asked for nothing.")
  private boolean adopt;

  @Option(names = "--correct", description = "Bring back what is recorded.")
  private boolean correct;

  @Option(
      names = "--remove-unknown",
      description = "With --correct: remove components that are not recorded.")
  private boolean removeUnknown;

  @Mixin
  private Execution execution;

  @Override
  int run(Home home, Output output) {
    if (adopt && correct) {
      throw wrongUsage("--adopt and --correct exclude each other");
    }
    if (removeUnknown && !correct) {
      throw wrongUsage("--remove-unknown goes with --correct only");
    }
    home.app(app);
    if (adopt || correct) {
      DriftRequest.Way way = adopt
          ? DriftRequest.Way.ADOPT
          : removeUnknown ? DriftRequest.Way.CORRECT_AND_REMOVE : DriftRequest.Way.CORRECT;
      return execution.execute(home, output, home.apps().plan(app, new DriftRequest(way)));
    }
    Drift drift = home.apps().drift(app);
    output.text(
        drift.isEmpty()
            ? app + " runs as it is recorded."
            : "From what is recorded of " + app + " to what runs:\n\n"
                + DiffTable.text(drift.diff()));
    output.document(() -> {
      ObjectNode node = SpecJson.diff("recorded", "running", drift.diff());
      return node.put("app", app.value())
          .put("backend", "simulated")
          .put("generation", drift.generation());
    });
    return ExitCode.DONE;
  }
}
