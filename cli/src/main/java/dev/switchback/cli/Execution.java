// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.Operation;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanTable;
import dev.switchback.plan.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that changes an app, and what such a command does with a plan. */
final class Execution {

  // Nothing really starts, so there is nothing to wait for.
  private static final Duration HEALTH_INTERVAL = Duration.ofMillis(20);

  @Option(
      names = "--on-failure",
      paramLabel = "WHAT",
      description = "stop (default), continue, or rollback.")
  private OnFailure onFailure = OnFailure.STOP;

  @Mixin
  private Actor actor = new Actor();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private String reason = "";

  @Option(names = "--dry-run", description = "Print the plan and change nothing.")
  private boolean dryRun;

  @Option(names = "--markdown", description = "With --dry-run: print the plan as Markdown.")
  private boolean markdown;

  @Option(
      names = "--health-timeout",
      paramLabel = "SECONDS",
      description = "How long a component may take to become healthy (60).")
  private int healthTimeout = 60;

  @Option(
      names = "--simulate-refusal",
      paramLabel = "KEY",
      description = "Let the simulated site refuse to change this component; repeatable.")
  private List<ComponentKey> refused = new ArrayList<>();

  @Option(
      names = "--simulate-unhealthy",
      paramLabel = "KEY",
      description = "Let this component never become healthy; repeatable.")
  private List<ComponentKey> unhealthy = new ArrayList<>();

  @Option(
      names = "--simulate-looks",
      paramLabel = "N",
      description =
          "Let each change be on its way for N looks, of which there are 50 a second (1).")
  private int looks = 1;

  private boolean holdVersion;

  /** Returns who does it. */
  String actor() {
    return actor.name();
  }

  /** Executes a plan, or only shows it, and says what came of it. */
  int execute(Home home, Output output, Plan plan) {
    if (dryRun) {
      return show(output, plan, markdown, null);
    }
    if (!plan.isExecutable()) {
      output.text(PlanTable.text(plan)); // to start it is refused, with every other reason
    } else if (plan.isEmpty() && home.apps().plan(plan.app(), plan.request()).isEmpty()) {
      // A plan from a file may be of another day, so it was made again.
      output.text("Nothing to do: " + plan.app() + " is as asked for already.");
      output.document(() -> document(plan, null));
      return ExitCode.DONE;
    } else {
      output.text(title(plan) + "\nSite: " + home.siteText() + "\nPlan: " + summary(plan) + "\n");
    }
    Names names = Names.of(plan);
    try (Progress progress = new Progress(output, names, plan.steps().size())) {
      Operation operation = home.apps().start(plan, options(home, progress));
      return Interruption.pausing(operation.id(), operation::pause, output, () -> {
        OperationRecord record = await(operation);
        progress.end();
        output.document(() -> document(plan, record));
        return end(output, record, names);
      });
    }
  }

  private static OperationRecord await(Operation operation) {
    while (true) {
      try {
        return operation.await();
      } catch (InterruptedException e) {
        operation.pause(); // nobody interrupts this thread to go on
      }
    }
  }

  /** Says how an operation ended, or that it is paused; returns the exit code. */
  static int end(Output output, OperationRecord record, Names names) {
    output.text("\n" + RecordText.full(record, names));
    if (record.status() == RecordStatus.PAUSED) {
      output.text("\nPaused; the app waits as it is. Go on with 'resume " + record.id()
          + "', or take it back with 'cancel " + record.id() + "'.");
    }
    output.document(() -> {
      ObjectNode node = Json.object().put("backend", "simulated");
      node.set("record", PlanJson.record(record, names));
      return node;
    });
    return code(record);
  }

  /** Makes a rollback hold the version that it leaves. */
  void holdVersion() {
    holdVersion = true;
  }

  /** Returns how to execute, with the faults that were asked for put into the site. */
  ExecutionOptions options(Home home, Progress progress) {
    refused.forEach(key -> home.site().withFault(site -> site.failOn(key, Reason.REFUSED)));
    unhealthy.forEach(key -> home.site().withFault(site -> site.neverHealthy(key)));
    home.site().withFault(site -> site.rollTicks(Math.max(0, looks)));
    ExecutionOptions.Builder options = ExecutionOptions.builder();
    if (holdVersion) {
      options.holdVersion();
    }
    return options
        .actor(actor.name())
        .reason(reason)
        .onFailure(onFailure)
        .healthDeadline(Duration.ofSeconds(Math.max(1, healthTimeout)))
        .healthInterval(HEALTH_INTERVAL)
        .listener(progress::on)
        .build();
  }

  /** Shows a plan; one with obstacles is as good as refused. */
  static int show(Output output, Plan plan, boolean markdown, @Nullable String file) {
    output.text(markdown ? PlanTable.markdown(plan) : PlanTable.text(plan));
    output.document(() -> {
      ObjectNode node = document(plan, null);
      node.put("file", file);
      return node;
    });
    if (plan.isExecutable()) {
      return ExitCode.DONE;
    }
    output.error(cannot(plan) + ":");
    plan.obstacles().forEach(obstacle -> output.error("  - " + obstacle.explain()));
    return ExitCode.REFUSED;
  }

  private static ObjectNode document(Plan plan, @Nullable OperationRecord record) {
    ObjectNode node = Json.object().put("backend", "simulated");
    node.set("plan", PlanJson.plan(plan));
    node.set("record", record == null ? null : PlanJson.record(record, Names.of(plan)));
    return node;
  }

  private static String cannot(Plan plan) {
    return "Cannot execute the plan for the " + Text.word(plan.operation()) + " of " + plan.app();
  }

  private static String title(Plan plan) {
    String kind = Text.word(plan.operation());
    return Character.toUpperCase(kind.charAt(0))
        + kind.substring(1)
        + " of "
        + plan.app()
        + plan.from().map(ref -> " from " + ref).orElse("")
        + plan.to().map(ref -> " to " + ref).orElse("");
  }

  private static String summary(Plan plan) {
    int conflicts = plan.decisions(Verdict.CONFLICT).size();
    return Text.count(plan.decisions(Verdict.APPLY).size(), "change")
        + ", "
        + plan.decisions(Verdict.KEEP).size()
        + " kept back"
        + (conflicts == 0 ? "" : ", " + Text.count(conflicts, "conflict"))
        + "; "
        + Text.count(plan.steps().size(), "step")
        + " in "
        + Text.count(plan.waves().size(), "wave")
        + "; "
        + Text.count(plan.followUps().size(), "follow-up");
  }

  /** Returns the exit code for how an operation ended. */
  static int code(OperationRecord record) {
    RecordStatus status = record.status();
    return status == RecordStatus.SUCCEEDED || status == RecordStatus.ROLLED_BACK
        ? ExitCode.DONE
        : ExitCode.FAILED;
  }
}
