// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story of one component: another image, its builds, back to the one before. */
final class ComponentStoryTest {

  @TempDir
  private Path home;

  private Shell site;

  @BeforeEach
  void install() {
    site = new Shell(home);
    site.done("publish", Shell.document("nginx-1.0.json"));
    site.done("install", "nginx@1.0", "--app", "front");
  }

  @AfterEach
  void noSecretWasPrinted() {
    site.expectNoSecrets();
  }

  private String image() {
    return site.json("status", "front").at("/components/0/runningImage").asText();
  }

  @Test
  void edit_otherImage_isBuiltAndRolledBack() {
    site.done("edit", "front", "nginx", "--image", "nginx:1.12");
    assertThat(image()).isEqualTo("nginx:1.12");

    JsonNode builds = site.json("builds", "front", "nginx").at("/builds");
    assertThat(builds.findValuesAsText("image")).containsExactly("nginx:1.12", "nginx:1.11");
    assertThat(builds.at("/0/current").asBoolean()).isTrue();
    assertThat(site.done("builds", "front", "nginx").out()).contains("nginx:1.11");

    site.done("rollback", "front", "--component", "nginx");
    assertThat(image()).isEqualTo("nginx:1.11");
    assertThat(site.run("rollback", "front", "--component", "nginx").expect(1).err())
        .contains("no successful build before");

    String later = builds.at("/0/build").asText();
    site.done("rollback", "front", "--component", "nginx=" + later);
    assertThat(image()).isEqualTo("nginx:1.12");
  }

  @Test
  void command_withASecret_isNeverShown() {
    String command = "nginx --password secret-in-command";
    site.done("edit", "front", "nginx", "--command", command);

    assertThat(site.json("status", "front").at("/components/0/command").asText())
        .isEqualTo("(secret)");
    assertThat(site.done("status", "front", "nginx").out()).contains("(secret)");
    JsonNode reported = site.json(
        "report-build", "front", "nginx", "later", "--image", "nginx:2", "--command", command);
    assertThat(reported.at("/command").asText()).isEqualTo("(secret)");
    assertThat(site.done("builds", "front", "nginx").out()).contains("(secret)");
  }

  @Test
  void edit_env_setsAndRemovesIt() throws IOException {
    site.done(
        "edit",
        "front",
        "nginx",
        "--env",
        "MODE=fast",
        "--env",
        "API_TOKEN=secret-in-shell",
        "--replicas",
        "3",
        "--memory",
        "512",
        "--command",
        "nginx -g daemon");
    JsonNode component = site.json("status", "front").at("/components/0");
    assertThat(component.at("/env/MODE").asText()).isEqualTo("fast");
    assertThat(component.at("/env/API_TOKEN").asText()).isEqualTo("(secret)");
    assertThat(component.at("/replicas").asInt()).isEqualTo(3);
    assertThat(component.at("/memoryMb").asInt()).isEqualTo(512);
    assertThat(site.done("status", "front", "nginx").out()).contains("MODE", "(secret)");

    JsonNode file = JsonMapper.builder()
        .build()
        .readTree(Files.readAllBytes(home.resolve("simulated-site.json")));
    assertThat(file.at("/format").asText()).isEqualTo("switchback.simulated-site/1");

    site.done("edit", "front", "nginx", "--unset-env", "MODE");
    assertThat(site.json("status", "front").at("/components/0/env").has("MODE")).isFalse();
  }

  @Test
  void reportBuild_fromElsewhere_canBeGoneTo() {
    String image = "registry.test/nginx@sha256:" + "a".repeat(64);
    assertThat(site.done("report-build", "front", "nginx", "ci-7", "--image", image)
            .out())
        .contains("Build ci-7 is number 2 of nginx in front.");
    site.done("report-build", "front", "nginx", "ci-8", "--status", "failure");
    assertThat(site.json("builds", "front", "nginx").at("/builds/1/imageDigest").asText())
        .isEqualTo("sha256:" + "a".repeat(64));
    assertThat(image()).isEqualTo("nginx:1.11");

    site.done("rollback", "front", "--component", "nginx=ci-7");
    assertThat(image()).isEqualTo(image);
    assertThat(
            site.run("rollback", "front", "--component", "nginx=ci-8").expect(1).err())
        .contains("ci-8");
  }

  @Test
  void reportBuild_thatMakesNoSense_isRefused() {
    site.run("report-build", "front", "nginx", "ci-7").expect(2);
    site.run("report-build", "front", "nginx", "ci-7", "--image", "").expect(2);
    site.run("report-build", "front", "nginx", "ci-7", "--status", "done").expect(2);
    site.run("report-build", "front", "missing", "ci-7", "--image", "nginx:2").expect(1);
    site.done("report-build", "front", "nginx", "ci-7", "--image", "nginx:2");
    site.run("report-build", "front", "nginx", "ci-7", "--image", "nginx:3").expect(1);
  }

  @Test
  void edit_dryRun_changesNothing() {
    JsonNode dry = site.json("edit", "front", "nginx", "--image", "nginx:1.12", "--dry-run");
    assertThat(dry.at("/plan/empty").asBoolean()).isFalse();
    assertThat(dry.at("/record").isNull()).isTrue();
    assertThat(image()).isEqualTo("nginx:1.11");
  }

  @Test
  void rollback_revision_isFound() {
    site.done("edit", "front", "nginx", "--image", "nginx:1.12");
    site.done("edit", "front", "nginx", "--image", "nginx:1.13");
    site.done(
        "rollback", "front", "--revision", "1", "--operator-edits", "overwrite", "--accept-older");
    assertThat(image()).isEqualTo("nginx:1.11");
  }

  @Test
  void rollback_twoWays_isWrongUsage() {
    site.run("rollback", "front", "--revision", "1", "--record", "x").expect(2);
    site.run("rollback", "front", "--revision", "0").expect(2);
    site.run("edit", "front", "nginx").expect(2);
    site.run("edit", "front", "nginx", "--env", "=x").expect(2);
    site.run("edit", "front", "missing", "--replicas", "2").expect(1);
  }
}
