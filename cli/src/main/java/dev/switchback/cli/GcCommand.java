// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.core.RetentionPolicy;
import dev.switchback.core.RetentionReport;
import dev.switchback.core.RetentionReport.Item;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets go of what is old and not needed. */
@Command(
    name = "gc",
    description = "Let go of revisions, builds, journals and blobs that are old and not needed.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GcCommand extends HomeCommand {

  @Option(names = "--dry-run", description = "Say what would go and why, and change nothing.")
  private boolean dryRun;

  @Option(names = "--keep-revisions", paramLabel = "N", description = "Of each app (10).")
  private int revisions = RetentionPolicy.defaults().revisions();

  @Option(names = "--keep-builds", paramLabel = "N", description = "Of each component (10).")
  private int builds = RetentionPolicy.defaults().builds();

  @Option(
      names = "--keep-operations",
      paramLabel = "N",
      description = "Of each app, with journal and plan (50); records always stay.")
  private int operations = RetentionPolicy.defaults().operations();

  @Option(
      names = "--keep-days",
      paramLabel = "DAYS",
      description = "Keep whatever is younger (30).")
  private long days = RetentionPolicy.defaults().age().toDays();

  @Option(
      names = "--grace-hours",
      paramLabel = "HOURS",
      description = "Keep blobs that were touched more recently (24).")
  private long hours = RetentionPolicy.defaults().grace().toHours();

  @Option(names = "--kept", description = "Also list what is kept, and why.")
  private boolean kept;

  @Mixin
  private Actor actor;

  @Override
  int run(Home home, Output output) {
    RetentionPolicy policy = policy();
    RetentionReport report =
        dryRun ? home.retention().preview(policy) : home.retention().collect(policy, actor.name());
    List<Item> shown = kept ? report.items() : report.going();
    Table table = Table.of("WHAT", "APP", "NAME", "BYTES", kept ? "GOES" : "", "WHY");
    shown.forEach(item -> table.row(
        Text.word(item.kind()),
        Text.line(item.app().map(Object::toString).orElse("-")),
        item.name(),
        item.kind() == RetentionReport.Kind.BLOB ? item.bytes() : "",
        !kept ? "" : item.goes() ? "yes" : "no",
        item.reason()));
    String count = Text.count(report.going().size(), "thing") + ", "
        + Text.count(Math.toIntExact(Math.min(report.bytesGoing(), Integer.MAX_VALUE)), "byte")
        + (dryRun ? " would go" : " let go of") + ", " + report.kept().size() + " kept.";
    output.text(table.isEmpty() ? count : table + "\n" + count);
    output.document(() -> {
      ObjectNode node = Json.object().put("dryRun", dryRun).put("bytes", report.bytesGoing());
      node.set("going", Json.list(report.going(), GcCommand::item));
      node.set("kept", Json.list(report.kept(), GcCommand::item));
      return node;
    });
    return ExitCode.DONE;
  }

  private RetentionPolicy policy() {
    try {
      return RetentionPolicy.builder()
          .revisions(revisions)
          .builds(builds)
          .operations(operations)
          .age(Duration.ofDays(days))
          .grace(Duration.ofHours(hours))
          .build();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode item(Item item) {
    return Json.object()
        .put("kind", Text.word(item.kind()))
        .put("app", Json.text(item.app()))
        .put("name", item.name())
        .put("reason", item.reason())
        .put("bytes", item.bytes());
  }
}
