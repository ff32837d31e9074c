// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the jar that people get, one process for each command, as a person or a script would. */
final class CommandLineIT {

  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  private static final Path DOCUMENTS =
      MODULE.resolve("src/main/resources/dev/switchback/examples");

  @TempDir
  private Path directory;

  /** What a process left behind. */
  private record Run(int exitCode, String out, String err) {

    /** Returns the one JSON document on standard output. */
    JsonNode document() throws IOException {
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .readTree(out);
    }
  }

  @Test
  void story_goesOverTwoHomesAndBack() throws Exception {
    Path first = directory.resolve("shop-1.0.tar");
    Path second = directory.resolve("shop-2.0.tar");
    Path planFile = directory.resolve("plan.json");

    done("vendor", "publish", DOCUMENTS.resolve("shop-1.0.json").toString());
    done("vendor", "export", "shop@1.0", "-o", first.toString());
    done("site", "import", first.toString());
    done("site", "install", "shop@1.0", "--app", "corner");
    done("site", "edit", "corner", "web", "--env", "PAGE_SIZE=36");

    done("vendor", "publish", DOCUMENTS.resolve("shop-2.0.json").toString());
    done("vendor", "export", "shop@2.0", "-o", second.toString());
    done("site", "import", second.toString());
    JsonNode upgrades = done("site", "upgrades", "corner");
    assertThat(upgrades.path("newest").asText()).isEqualTo("2.0");

    JsonNode plan = done("site", "plan", "corner", "-o", planFile.toString()).path("plan");
    assertThat(plan.path("executable").asBoolean()).isTrue();
    assertThat(plan.path("followUps")).isNotEmpty();

    JsonNode upgrade = done("site", "apply", planFile.toString()).path("record");
    assertThat(upgrade.path("status").asText()).isEqualTo("succeeded");
    JsonNode upgraded = done("site", "status", "corner");
    assertThat(imageOf(upgraded, "web")).endsWith("/web:2.0.1");
    assertThat(imageOf(upgraded, "cache")).endsWith("/redis:7.4");

    JsonNode rollback = done(
            "site", "rollback", "corner", "--record", upgrade.path("id").asText())
        .path("record");
    assertThat(rollback.path("parent").asText()).isEqualTo(upgrade.path("id").asText());
    JsonNode after = done("site", "status", "corner");
    assertThat(imageOf(after, "web")).endsWith("/web:1.0.4");
    assertThat(imageOf(after, "cache")).endsWith("/redis:7.4");
    assertThat(rollback.path("followUps"))
        .anySatisfy(followUp -> assertThat(followUp.path("component").asText()).isEqualTo("cache"));

    assertThat(done("site", "records", "corner").path("records")).hasSize(4);
  }

  @Test
  void plan_asText_isTableWithoutLogging() throws Exception {
    done("site", "publish", DOCUMENTS.resolve("shop-1.0.json").toString());
    done("site", "publish", DOCUMENTS.resolve("shop-2.0.json").toString());

    Run run = run("site", "diff", "shop@1.0", "shop@2.0");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("PAGE_SIZE", "24", "48").doesNotContain("{");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void refusal_exitsWithOneAndNamesEveryReason() throws Exception {
    Run run = run("site", "--json", "install", "nothing@1.0", "--app", "corner");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.document().path("error").path("obstacles")).isNotEmpty();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void wrongUsage_exitsWithTwo() throws Exception {
    Run run = run("site", "--json", "no-such-command");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.document().path("error").path("code").asText()).isEqualTo("usage");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void failureOfTheWorld_exitsWithThree() throws Exception {
    Files.writeString(directory.resolve("site"), "this is no directory");

    Run run = run("site", "--json", "templates");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.document().path("error").path("message").asText()).startsWith("Cannot open");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void interruptedUpgrade_isPausedAndCanBeResumed() throws Exception {
    done("site", "publish", DOCUMENTS.resolve("shop-1.0.json").toString());
    done("site", "publish", DOCUMENTS.resolve("shop-2.0.json").toString());
    done("site", "install", "shop@1.0", "--app", "corner");
    Path out = directory.resolve("interrupted.out");
    Process upgrade = new ProcessBuilder(
            command("site", "upgrade", "corner", "--simulate-looks", "100"))
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
    try {
      while (upgrade.isAlive() && !Files.readString(out).contains("begin")) {
        upgrade.waitFor(50, TimeUnit.MILLISECONDS);
      }

      upgrade.destroy(); // as Ctrl-C: the process is asked to end, and may take leave

      assertThat(upgrade.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      upgrade.destroyForcibly();
    }
    assertThat(Files.readString(out)).contains("interrupted, pausing", "Go on with 'resume ");
    JsonNode paused = done("site", "records", "corner").path("records").path(0);
    assertThat(paused.path("status").asText()).isEqualTo("paused");
    String id = paused.path("id").asText();

    assertThat(run("site", "upgrade", "corner").err()).contains("is paused");
    JsonNode resumed = done("site", "resume", id).path("record");

    assertThat(resumed.path("id").asText()).isEqualTo(id);
    assertThat(resumed.path("status").asText()).isEqualTo("succeeded");
    assertThat(imageOf(done("site", "status", "corner"), "web")).endsWith("/web:2.0.1");
  }

  @Test
  void pausedUpgrade_canBeCancelledFromAnotherProcess() throws Exception {
    done("site", "publish", DOCUMENTS.resolve("shop-1.0.json").toString());
    done("site", "publish", DOCUMENTS.resolve("shop-2.0.json").toString());
    done("site", "install", "shop@1.0", "--app", "corner");
    Process upgrade = new ProcessBuilder(
            command("site", "upgrade", "corner", "--simulate-looks", "200"))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("paused.out").toFile())
        .start();
    try {
      String id = "";
      while (upgrade.isAlive() && id.isEmpty()) {
        JsonNode latest = done("site", "records", "corner").path("records").path(0);
        id = latest.path("kind").asText().equals("upgrade") ? latest.path("id").asText() : "";
      }
      done("site", "pause", id);

      assertThat(upgrade.waitFor(1, TimeUnit.MINUTES)).isTrue();

      assertThat(upgrade.exitValue()).isEqualTo(3);
      JsonNode cancelled = done("site", "cancel", id).path("record");
      assertThat(cancelled.path("status").asText()).isIn("undone", "cancelled");
      assertThat(imageOf(done("site", "status", "corner"), "web")).endsWith("/web:1.0.4");
    } finally {
      upgrade.destroyForcibly();
    }
  }

  @Test
  void watch_holdsApprovesAuditsAndTidiesUp() throws Exception {
    Path plan = directory.resolve("plan.json");
    done("site", "publish", DOCUMENTS.resolve("shop-1.0.json").toString());
    done("site", "publish", DOCUMENTS.resolve("shop-2.0.json").toString());
    done("site", "install", "shop@1.0", "--app", "corner");
    done("site", "plan", "corner", "-o", plan.toString());
    done("site", "approve", plan.toString(), "--actor", "anna");
    done("site", "hold", "corner", "--reason", "stocktaking");
    assertThat(run("site", "apply", plan.toString()).err()).contains("stocktaking");
    assertThat(done("site", "holds").path("holds")).hasSize(1);
    done("site", "release", "corner");
    done("site", "apply", plan.toString(), "--actor", "ben");

    JsonNode followUps = done("site", "follow-ups", "corner").path("followUps");
    String first = followUps.path(0).path("id").asText();
    done("site", "follow-ups", "corner", "--done", first);
    assertThat(run("site", "follow-ups", "corner", "--done", first).exitCode()).isEqualTo(1);
    assertThat(done("site", "drift", "corner").path("empty").asBoolean()).isTrue();
    JsonNode audit = done("site", "audit", "corner");
    assertThat(audit.path("intact").asBoolean()).isTrue();
    assertThat(audit.path("entries")).hasSize(4);
    assertThat(done("site", "gc", "--dry-run").path("going")).isEmpty();
    assertThat(done("site", "recover").path("records")).isEmpty();
  }

  /** Returns what the backend sees running, by the answer of {@code status}. */
  private static String imageOf(JsonNode status, String component) {
    for (JsonNode seen : status.path("components")) {
      if (seen.path("key").asText().equals(component)) {
        return seen.path("runningImage").asText();
      }
    }
    return "";
  }

  /** Runs a command that must do what it is told, and returns its document. */
  private JsonNode done(String home, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("--json"));
    all.addAll(List.of(words));
    Run run = run(home, all.toArray(String[]::new));

    assertThat(run.exitCode())
        .as("exit code of %s: %s", all, run.out() + run.err())
        .isZero();
    assertThat(run.err()).as("standard error of %s", all).isEmpty();
    return run.document();
  }

  private List<String> command(String home, String... words) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-jar",
        jar().toString(),
        "--home",
        directory.resolve(home).toString()));
    command.addAll(List.of(words));
    return command;
  }

  private Run run(String home, String... words) throws Exception {
    List<String> command = command(home, words);
    Path out = Files.createTempFile(directory, "run", ".out");
    Path err = Files.createTempFile(directory, "run", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    // With these a JVM says on standard error that it has picked them up.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("_JAVA_OPTIONS");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES))
          .as("%s has ended", command)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private static Path jar() {
    Path jar = Path.of(System.getProperty(
        "switchback.jar", MODULE.resolve("../cli/target/switchback.jar").toString()));
    assertThat(jar).as("the jar that the package phase of cli makes").isRegularFile();
    return jar;
  }
}
