// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.AppState;
import dev.switchback.model.template.Stage;
import dev.switchback.plan.Plan;
import dev.switchback.plan.UpgradeCandidate;
import dev.switchback.plan.Upgrades;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How an app goes to another version: what is offered, the plan, the upgrade. */
final class UpgradeCommands {

  private UpgradeCommands() {}

  /** Lists where an app can go. */
  @Command(
      name = "upgrades",
      description = "List the versions an app can go to, newest first, each with why or why not.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class ListUpgrades extends HomeCommand {

    @Parameters(paramLabel = "APP", description = "The app.")
    private AppId app;

    @Option(names = "--testing", description = "Offer versions in testing, too.")
    private boolean testing;

    @Override
    int run(Home home, Output output) {
      AppState state = home.app(app);
      Upgrades upgrades = home.apps().upgrades(app, testing ? Stage.TESTING : Stage.RELEASED);
      Table table = Table.of("VERSION", "STAGE", "WHAT", "OFFERED", "WHY NOT");
      upgrades
          .candidates()
          .forEach(candidate -> table.row(
              candidate.version().version(),
              Text.word(candidate.stage()),
              Text.word(candidate.kind()),
              offered(candidate),
              candidate.reasons().stream().map(Obstacle::explain).collect(Text.joined())));
      output.text(app + " is at " + state.version() + ".\n\n" + table);
      upgrades.warnings().forEach(warning -> output.warn(warning.toString()));
      output.document(() -> {
        ObjectNode node = Json.object()
            .put("app", app.value())
            .put("template", state.version().template().value())
            .put("current", state.version().version().text());
        PlanJson.upgrades(node, upgrades);
        return node;
      });
      return ExitCode.DONE;
    }

    private static String offered(UpgradeCandidate candidate) {
      if (candidate.isAvailable()) {
        return "yes";
      }
      return candidate.isReachable()
          ? "by way of "
              + candidate.hops().stream()
                  .limit(candidate.hops().size() - 1L)
                  .map(hop -> hop.version().text())
                  .collect(Text.joined())
          : "no";
    }
  }

  /** Makes the plan of an upgrade. */
  @Command(
      name = "plan",
      description = "Show what an upgrade would do, change by change; nothing is changed.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class MakePlan extends HomeCommand {

    @Parameters(paramLabel = "APP", description = "The app.")
    private AppId app;

    @Mixin
    private UpgradeOptions upgrade;

    @Option(names = "--markdown", description = "Print Markdown.")
    private boolean markdown;

    @Override
    int run(Home home, Output output) throws IOException {
      Plan plan = upgrade.plan(home, output, app);
      return Execution.show(output, plan, markdown, upgrade.fileText());
    }
  }

  /** Plans and executes an upgrade. */
  @Command(name = "upgrade", description = "Upgrade an app: plan and execute.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Upgrade extends HomeCommand {

    @Parameters(paramLabel = "APP", description = "The app.")
    private AppId app;

    @Mixin
    private UpgradeOptions upgrade;

    @Mixin
    private Execution execution;

    @Override
    int run(Home home, Output output) throws IOException {
      return execution.execute(home, output, upgrade.plan(home, output, app));
    }
  }

  /** Executes a plan that was written to a file. */
  @Command(
      name = "apply",
      description = "Execute a plan from a file; refused if anything has moved since.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Apply extends HomeCommand {

    @Parameters(paramLabel = "PLANFILE", description = "What 'plan -o' wrote.")
    private Path file;

    @Mixin
    private Execution execution;

    @Override
    int run(Home home, Output output) throws IOException {
      Plan plan = JsonFormats.plan().read(Files.readAllBytes(InputFile.existing(file)));
      return execution.execute(home, output, plan);
    }
  }
}
