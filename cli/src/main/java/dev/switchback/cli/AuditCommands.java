// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.AppFollowUp;
import dev.switchback.core.ChainReport;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What people decide about apps, and whether what is written about them is as it was written. */
final class AuditCommands {

  private AuditCommands() {}

  /** Approves a plan that was written to a file. */
  @Command(
      name = "approve",
      description = "Approve a plan from a file; the approval is for this very plan.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Approve extends HomeCommand {

    @Parameters(paramLabel = "PLANFILE", description = "What 'plan -o' wrote.")
    private Path file;

    @Option(names = "--note", paramLabel = "TEXT", description = "What there is to say about it.")
    private String note = "";

    @Mixin
    private Actor actor;

    @Override
    int run(Home home, Output output) throws IOException {
      if (actor.name().isBlank()) {
        throw wrongUsage("--actor is needed: somebody has to approve");
      }
      Plan plan = JsonFormats.plan().read(Files.readAllBytes(InputFile.existing(file)));
      home.audit().approve(plan, actor.name(), note);
      List<Approval> approvals = home.audit().approvals(plan);
      String digest = JsonFormats.plan().digest(plan).toString();
      Table table = Table.of("BY", "AT", "NOTE");
      approvals.forEach(
          each -> table.row(each.actor(), Text.time(each.at()), Text.shorten(each.note(), 60)));
      output.text("Plan " + digest + "\n\n" + table);
      output.document(() -> {
        ObjectNode node = Json.object().put("app", plan.app().value()).put("plan", digest);
        node.set("approvals", Json.list(approvals, AuditCommands::approval));
        return node;
      });
      return ExitCode.DONE;
    }
  }

  static ObjectNode approval(Approval approval) {
    return Json.object()
        .put("actor", approval.actor())
        .put("note", approval.note())
        .put("at", approval.at().toString());
  }

  /** Lists follow-ups and ticks them off. */
  @Command(
      name = "follow-ups",
      description = "List what is to be done by hand; with --done tick it off.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class ListFollowUps extends HomeCommand {

    @Parameters(paramLabel = "APP", description = "The app.")
    private AppId app;

    @Option(
        names = "--done",
        paramLabel = "ID",
        description = "RECORD/FOLLOW-UP as listed; repeatable.")
    private List<String> done = new ArrayList<>();

    @Option(names = "--note", paramLabel = "TEXT", description = "What there is to say about it.")
    private String note = "";

    @Mixin
    private Actor actor;

    @Override
    int run(Home home, Output output) {
      Names names = Names.of(home.app(app));
      if (!done.isEmpty()) {
        home.audit().tick(app, done, actor.name(), note);
      }
      List<AppFollowUp> followUps = home.audit().followUps(app);
      Table table = Table.of("DONE", "ID", "WHAT", "BY", "AT");
      followUps.forEach(one -> table.row(
          one.ticked().isPresent() ? "[x]" : "[ ]",
          one.id(),
          one.followUp().instruction(),
          one.ticked().map(AppFollowUp.Done::actor).orElse(""),
          one.ticked().map(tick -> Text.time(tick.at())).orElse("")));
      output.text(table.isEmpty() ? "There is nothing to do by hand." : table.toString());
      output.document(() -> {
        ObjectNode node = Json.object().put("app", app.value());
        node.set("followUps", Json.list(followUps, one -> document(one, names)));
        return node;
      });
      return ExitCode.DONE;
    }

    private static ObjectNode document(AppFollowUp one, Names names) {
      ObjectNode node = PlanJson.followUp(one.followUp(), names);
      node.put("id", one.id()).put("record", one.record().value());
      node.set(
          "done",
          one.ticked()
              .map(tick -> Json.object()
                  .put("actor", tick.actor())
                  .put("note", tick.note())
                  .put("at", tick.at().toString()))
              .orElse(null));
      return node;
    }
  }

  /** Verifies the chains of an app. */
  @Command(
      name = "audit",
      description =
          "Verify that records and decisions of an app are as they were written, and list decisions.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  static final class Verify extends HomeCommand {

    @Parameters(paramLabel = "APP", description = "The app.")
    private AppId app;

    @Override
    int run(Home home, Output output) {
      home.app(app);
      ChainReport report = home.audit().verify(app);
      List<AuditEntry> entries = Home.all(page -> home.audit().entries(app, page));
      Table table = Table.of("NO", "WHAT", "ABOUT", "BY", "AT", "NOTE");
      entries.forEach(entry -> table.row(
          entry.sequence(),
          Text.word(entry.act()),
          entry.subject().isEmpty() ? "everything" : Text.shorten(entry.subject(), 40),
          entry.actor(),
          Text.time(entry.at()),
          Text.shorten(entry.note(), 60)));
      output.text(words("Records", report.records())
          + "\n"
          + words("Decisions", report.audit())
          + (table.isEmpty() ? "" : "\n\n" + table));
      output.document(() -> {
        ObjectNode node = Json.object().put("app", app.value()).put("intact", report.isIntact());
        node.set("records", chain(report.records()));
        node.set("decisions", chain(report.audit()));
        node.set("entries", Json.list(entries, Verify::entry));
        return node;
      });
      return report.isIntact() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String words(String what, ChainReport.Chain chain) {
      String text = what + ": " + chain.length() + ", "
          + (chain.broken() == null ? "unbroken" : "BROKEN")
          + chain.head().map(head -> ", head " + head).orElse("");
      return chain
          .firstBreak()
          .map(broken -> text + "\n  " + broken.link() + " (number " + broken.position()
              + ") says the one before is " + broken.found() + ", and that is " + broken.expected())
          .orElse(text);
    }

    private static ObjectNode chain(ChainReport.Chain chain) {
      ObjectNode node = Json.object().put("length", chain.length());
      node.put("head", Json.text(chain.head()));
      ChainReport.@Nullable Break broken = chain.broken();
      node.set(
          "broken",
          broken == null
              ? null
              : Json.object()
                  .put("link", broken.link())
                  .put("position", broken.position())
                  .put("expected", broken.expected())
                  .put("found", broken.found()));
      return node;
    }

    private static ObjectNode entry(AuditEntry entry) {
      return Json.object()
          .put("number", entry.sequence())
          .put("act", Text.word(entry.act()))
          .put("subject", entry.subject())
          .put("actor", entry.actor())
          .put("note", entry.note())
          .put("at", entry.at().toString());
    }
  }
}
