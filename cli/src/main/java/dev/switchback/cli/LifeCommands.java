// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.AppId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.UninstallRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How an app begins and ends, and how an operation ends that was cut short. */
final class LifeCommands {

  private LifeCommands() {}

  /** Installs a version as an app. */
  @Command(name = "install", description = "Install a template version as an app.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Install extends HomeCommand {

    @Parameters(paramLabel = "TEMPLATE@VERSION", description = "The version.")
    private VersionRef version;

    @Option(
        names = "--app",
        required = true,
        paramLabel = "NAME",
        description = "The name that the app gets.")
    private AppId app;

    @Option(
        names = "--host-name",
        paramLabel = "NAME=HERE",
        description = "A port's name in the cluster is taken: it is to be HERE; repeatable.")
    private Map<String, String> hostNames = new TreeMap<>();

    @Mixin
    private Execution execution;

    @Override
    int run(Home home, Output output) {
      return execution.execute(home, output, home.apps().plan(app, request()));
    }

    private InstallRequest request() {
      try {
        return new InstallRequest(version, new TreeMap<>(hostNames));
      } catch (IllegalArgumentException e) {
        throw wrongUsage("--host-name: " + e.getMessage());
      }
    }
  }

  /** Takes an app down. */
  @Command(
      name = "uninstall",
      description = "Take an app down; its volumes, records and builds stay.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Uninstall extends HomeCommand {

    @Parameters(paramLabel = "APP", description = "The app.")
    private AppId app;

    @Mixin
    private Execution execution;

    @Override
    int run(Home home, Output output) {
      home.app(app);
      return execution.execute(home, output, home.apps().plan(app, new UninstallRequest()));
    }
  }

  /** Finishes operations that were cut short. */
  @Command(name = "recover", description = "Finish every operation whose process died on the way.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Recover extends HomeCommand {

    @Mixin
    private Execution execution;

    @Override
    int run(Home home, Output output) {
      List<OperationRecord> records;
      try (Progress progress = new Progress(output, Names.none(), 0)) {
        records = home.apps().recover(execution.options(home, progress));
      }
      output.text(
          records.isEmpty()
              ? "There was nothing to finish. What another process may still be at is left alone"
                  + " until its lease has run out."
              : RecordText.list(records));
      output.document(() -> {
        ObjectNode node = Json.object();
        node.set("records", Json.list(records, record -> PlanJson.record(record, Names.none())));
        return node;
      });
      return records.stream().mapToInt(Execution::code).max().orElse(ExitCode.DONE);
    }
  }
}
