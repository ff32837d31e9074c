// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.cli.Shell.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a command says and returns when it is not done. */
final class FailuresTest {

  @TempDir
  private Path directory;

  private Shell shell() {
    return new Shell(directory.resolve("home"));
  }

  @Test
  void run_wrongUsage_isTwo() {
    assertThat(shell().run("publish").expect(2).err()).contains("FILE").doesNotContain("\tat ");
    shell().run().expect(2);
    shell().run("dance").expect(2);
    shell().run("show", "no-version").expect(2);
    shell().run("install", "a@1", "--app", "not a name").expect(2);
    shell().run("plan", "x", "--policy", "dreams").expect(2);
    shell().run("upgrade", "x", "--on-failure", "cry").expect(2);
  }

  @Test
  void run_wrongUsageAsJson_isOneDocument() {
    Result usage = shell().run("--json", "dance").expect(2);
    assertThat(usage.json().at("/error/code").asText()).isEqualTo("usage");
    assertThat(usage.json().at("/error/obstacles")).isEmpty();
  }

  @Test
  void run_refused_namesEveryReason() throws IOException {
    Path file = Files.writeString(directory.resolve("bad.json"), "{\"apps\": 5, \"apps\": 6}");
    Result refused = shell().run("publish", file).expect(1);
    assertThat(refused.err()).contains("Cannot", "  - ").doesNotContain("\tat ");
    assertThat(refused.out()).isEmpty();

    Result document = shell().run("publish", file, "--json").expect(1);
    JsonNode error = document.json().at("/error");
    assertThat(error.at("/code").asText()).isEqualTo("refused");
    assertThat(error.at("/message").asText()).startsWith("Cannot").doesNotContain("\n");
    assertThat(error.at("/obstacles/0").has("place")).isTrue();
    assertThat(error.at("/obstacles/0").has("nextStep")).isTrue();
  }

  @Test
  void run_missingThings_isRefused() {
    Path missing = directory.resolve("missing");
    for (Object[] words : new Object[][] {
      {"publish", missing},
      {"inspect", missing},
      {"import", missing},
      {"apply", missing},
      {"diff", missing, missing},
      {"diff", "a@1", "b@2"},
      {"export", "a@1", "-o", missing},
      {"status", "a"},
      {"records", "a"},
      {"upgrades", "a"},
      {"plan", "a"},
      {"upgrade", "a"},
      {"rollback", "a"},
      {"uninstall", "a"},
      {"builds", "a", "b"},
      {"edit", "a", "b", "--replicas", "1"}
    }) {
      Result refused = shell().run(words).expect(1);
      assertThat(refused.err()).as("%s", (Object) words).contains("  - ");
      assertThat(refused.out()).isEmpty();
    }
  }

  @Test
  void run_installOfAMissingVersion_showsThePlanThatCannotBe() {
    Result refused = shell().run("install", "a@1", "--app", "a").expect(1);

    assertThat(refused.err()).contains("  - ").contains("Cannot find a@1 in the library");
    assertThat(refused.out()).contains("cannot be executed: 1 obstacle");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void run_deviceInPlaceOfAFile_isRefused() {
    Path device = Path.of("/dev/zero");
    for (String command : new String[] {"publish", "inspect", "import", "apply"}) {
      assertThat(shell().run(command, device).expect(1).err()).contains("pipe or device");
    }
  }

  @Test
  void run_homeIsNoDirectory_isThree() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    Result failed =
        Shell.plain(Map.of(), "templates", "--home", file.toString()).expect(3);
    assertThat(failed.err()).contains("Cannot open").doesNotContain("\tat ");
    Result document =
        Shell.plain(Map.of(), "--json", "--home", file.toString(), "templates").expect(3);
    assertThat(document.json().at("/error/code").asText()).isEqualTo("storage-failed");
  }

  @Test
  void run_damagedSite_isThreeAndNamesTheFile() throws IOException {
    shell().done("publish", Shell.document("nginx-1.0.json"));
    shell().done("install", "nginx@1.0", "--app", "front");
    Files.writeString(directory.resolve("home").resolve("simulated-site.json"), "{\"format\":");
    assertThat(shell().run("status", "front").expect(3).err()).contains("simulated-site.json");
  }

  @Test
  void run_homeFromEnvironment_isUsed() {
    Path home = directory.resolve("from-env");
    Shell.plain(Map.of("SWITCHBACK_HOME", home.toString()), "templates").expect(0);
    assertThat(home).isDirectory();
  }

  @Test
  void outOfMemory_asJson_isOneDocument() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Output output = new Output(new PrintStream(out, true, UTF_8), System.err, false);
    output.asJson(true);
    int code = new Failures(output, new Root(output, Map.of())).outOfMemory();
    JsonNode error = new Result(code, out.toString(UTF_8), "").expect(3).json().at("/error");
    assertThat(error.at("/code").asText()).isEqualTo("out-of-memory");
    assertThat(error.at("/message").asText()).startsWith("Cannot").contains("-Xmx");
  }

  @Test
  void inspect_endlessSpaceBeforeDocument_isRefused() throws IOException {
    Path file = directory.resolve("space.json");
    Files.writeString(file, " ".repeat((64 << 20) + 1) + "{}");
    assertThat(shell().run("inspect", file).expect(1).err()).contains("at most 67108864");
  }

  @Test
  void run_help_isDone() {
    assertThat(Shell.plain(Map.of(), "--help").expect(0).out()).contains("publish", "rollback");
    assertThat(Shell.plain(Map.of(), "upgrade", "--help").expect(0).out()).contains("--policy");
    assertThat(Shell.plain(Map.of(), "--version").expect(0).out()).contains("switchback");
  }
}
