// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.ExecutionOptions.OnFailure;
import dev.switchback.core.ProgressEvent;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanTable;
import dev.switchback.plan.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Who does it, for the record (the user of the machine).")
  private String actor = System.getProperty("user.name", "");

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private String reason = "";

  @Option(names = "--dry-run", description = "Print the plan and change nothing.")
  private boolean dryRun;

  @Option(names = "--markdown", description = "With --dry-run: print the plan as Markdown.")
  private boolean markdown;

  @Option(
      names = "--health-timeout",
      paramLabel = "SECONDS",
      description = "How long the components of a wave may take to become healthy (60).")
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

  /** Executes a plan, or only shows it, and says what came of it. */
  int execute(Home home, Output output, Plan plan) {
    if (dryRun) {
      return show(output, plan, markdown, null);
    }
    if (!plan.isExecutable()) {
      output.text(PlanTable.text(plan));
      throw new RefusedException(cannot(plan), plan.obstacles());
    }
    // A plan from a file may be of another day.
    if (plan.isEmpty() && home.apps().plan(plan.app(), plan.request()).isEmpty()) {
      output.text("Nothing to do: " + plan.app() + " is as asked for already.");
      output.document(() -> document(plan, null));
      return ExitCode.DONE;
    }
    output.text(title(plan) + "\nSite: " + home.siteText() + "\nPlan: " + summary(plan) + "\n");
    OperationRecord record = home.apps().execute(plan, options(home, output, Names.of(plan)));
    output.text("\n" + RecordText.full(record, Names.of(plan)));
    output.document(() -> document(plan, record));
    return code(record);
  }

  /** Returns how to execute, with the faults that were asked for put into the site. */
  ExecutionOptions options(Home home, Output output, Names names) {
    refused.forEach(key -> home.site().withFault(site -> site.failOn(key, Reason.REFUSED)));
    unhealthy.forEach(key -> home.site().withFault(site -> site.neverHealthy(key)));
    return ExecutionOptions.builder()
        .actor(actor)
        .reason(reason)
        .onFailure(onFailure)
        .healthDeadline(Duration.ofSeconds(Math.max(1, healthTimeout)))
        .healthInterval(HEALTH_INTERVAL)
        .listener(event -> progress(event, output, names))
        .build();
  }

  private static void progress(ProgressEvent event, Output output, Names names) {
    String what = switch (event.kind()) {
      case STARTED, FINISHED -> "";
      case STEP_STARTED -> "begin";
      case STEP_DONE -> "done";
      case STEP_FAILED -> "FAILED";
      case STEP_UNDONE -> "undone";
    };
    if (!what.isEmpty()) {
      String component = names.text(event.component(), "(shared)");
      String action = event.action() == null ? "" : Text.word(event.action());
      String message = event.message().isEmpty() ? "" : ": " + event.message();
      output.text("  " + padded(what, 8) + padded(action, 8) + Text.line(component + message));
    }
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(Math.max(0, width - word.length()));
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
