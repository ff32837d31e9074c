// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.switchback.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product's story: a vendor, a customer site, two versions, there and back. */
final class StoryTest {

  @TempDir
  private Path directory;

  private Shell vendor;
  private Shell site;

  @BeforeEach
  void open() {
    vendor = new Shell(directory.resolve("vendor"));
    site = new Shell(directory.resolve("site"));
  }

  @AfterEach
  void noSecretWasPrinted() {
    site.expectNoSecrets();
    vendor.expectNoSecrets();
  }

  /** Publishes both versions and carries them to the site, where the first is installed. */
  private void installFirst() {
    vendor.done("publish", Shell.document("shop-1.0.json"));
    vendor.done("export", "shop@1.0", "-o", directory.resolve("first.tar"));
    site.done("import", directory.resolve("first.tar"));
    site.done("install", "shop@1.0", "--app", "store");
  }

  private void bringSecond() {
    vendor.done("publish", Shell.document("shop-2.0.json"));
    vendor.done("export", "shop@2.0", "-o", directory.resolve("second.tar.gz"));
    site.done("import", directory.resolve("second.tar.gz"));
  }

  private JsonNode component(String key) {
    for (JsonNode component : site.json("status", "store").at("/components")) {
      if (component.at("/key").asText().equals(key)) {
        return component;
      }
    }
    throw new AssertionError("no component " + key);
  }

  @Test
  void upgradeAndRollback_wholeStory_comesBack() {
    installFirst();
    assertThat(site.json("upgrades", "store").at("/newest").isNull()).isTrue();
    bringSecond();
    assertThat(site.json("upgrades", "store").at("/newest").asText()).isEqualTo("2.0");

    Result plan = site.done("plan", "store");
    assertThat(plan.out()).contains("example/web:2.0", "cache", "LOG_LEVEL");

    JsonNode upgrade = site.json("upgrade", "store", "--actor", "ann", "--reason", "release day");
    assertThat(upgrade.at("/record/status").asText()).isEqualTo("succeeded");
    assertThat(upgrade.at("/record/statusCode").asInt()).isEqualTo(3);
    assertThat(upgrade.at("/record/actor").asText()).isEqualTo("ann");
    assertThat(upgrade.at("/backend").asText()).isEqualTo("simulated");
    assertThat(component("web").at("/runningImage").asText()).isEqualTo("example/web:2.0");
    assertThat(component("web").at("/env/LOG_LEVEL").asText()).as("kept").isEqualTo("info");
    assertThat(component("web").at("/env/NEW_FLAG").asText()).as("added").isEqualTo("on");
    assertThat(component("web").at("/env/API_TOKEN").asText()).isEqualTo("(secret)");
    assertThat(component("cache").at("/health").asText()).isEqualTo("ready");

    JsonNode rollback =
        site.json("rollback", "store", "--record", upgrade.at("/record/id").asText());
    assertThat(rollback.at("/record/status").asText()).isEqualTo("rolled-back");
    assertThat(rollback.at("/record/parent")).isEqualTo(upgrade.at("/record/id"));
    assertThat(rollback.at("/record/followUps").findValuesAsText("component")).contains("cache");
    assertThat(component("web").at("/image").asText()).isEqualTo("example/web:1.0");
    assertThat(component("cache").at("/runningImage").asText()).isEqualTo("example/redis:7");
    assertThat(site.json("apps").at("/apps/0/version").asText()).isEqualTo("1.0");
  }

  @Test
  void records_afterStory_areAllThere() {
    installFirst();
    bringSecond();
    site.done("upgrade", "store");
    site.done("rollback", "store");
    JsonNode records = site.json("records", "store").at("/records");
    assertThat(records.findValuesAsText("kind"))
        .containsSequence("rollback")
        .contains("upgrade", "install");
    String id = records.at("/0/id").asText();
    assertThat(site.done("records", "store").out()).contains(id);
    assertThat(site.done("records", "store", id).out()).contains("Takes back");
    assertThat(site.run("rollback", "store").expect(1).err()).contains("no operation");
  }

  @Test
  void hostName_takenAtTheSite_isAnotherInEveryVersion() {
    vendor.done("publish", Shell.document("shop-1.0.json"));
    vendor.done("export", "shop@1.0", "-o", directory.resolve("first.tar"));
    site.done("import", directory.resolve("first.tar"));
    site.run("install", "shop@1.0", "--app", "store", "--host-name", "db=Not A Name")
        .expect(2);
    site.done("install", "shop@1.0", "--app", "store", "--host-name", "db=db-2");
    bringSecond();
    site.run("plan", "store", "--host-name", "cache=-").expect(2);
    site.done("upgrade", "store", "--host-name", "cache=cache-2");

    JsonNode names = site.json("status", "store").at("/hostNames");
    assertThat(names.at("/db").asText()).isEqualTo("db-2");
    assertThat(names.at("/cache").asText()).isEqualTo("cache-2");
    assertThat(site.done("status", "store").out()).contains("db is db-2 here");
  }

  @Test
  void newComponent_isSaidInThePlan() throws IOException {
    installFirst();
    bringSecond();
    Path file = directory.resolve("plan.json");

    site.done("plan", "store", "--new", "cache", "-o", file);

    assertThat(Files.readString(file)).contains("\"newComponents\":[\"cache\"]");
    assertThat(site.run("plan", "store", "--map", "db=cache", "--new", "cache")
            .expect(2)
            .err())
        .contains("--map and --new both name cache");
  }

  @Test
  void apply_planFile_executesIt() throws IOException {
    installFirst();
    bringSecond();
    Path file = directory.resolve("plan.json");
    JsonNode plan = site.json("plan", "store", "--to", "2.0", "-o", file);
    assertThat(plan.at("/file").asText()).isEqualTo(file.toString());
    assertThat(plan.at("/plan/executable").asBoolean()).isTrue();
    assertThat(Files.readString(file)).doesNotContain(Shell.SECRET);

    JsonNode applied = site.json("apply", file);
    assertThat(applied.at("/record/plan")).isEqualTo(plan.at("/plan/digest"));
    assertThat(site.run("apply", file).expect(1).err()).contains("generation");
  }

  @Test
  void ram_afterTwoLibraries_isEqualAsJson() throws IOException {
    installFirst();
    JsonMapper mapper = JsonMapper.builder().build();
    JsonNode published = mapper.readTree(Shell.document("shop-1.0.json").toFile());
    assertThat(site.done("show", "shop@1.0", "--ram").json()).isEqualTo(published);
    assertThat(site.done("show", "shop@1.0", "--ram", "--json").json()).isEqualTo(published);
  }

  @Test
  void upgrade_oneComponent_leavesTheRestToFollow() {
    installFirst();
    bringSecond();
    site.done("upgrade", "store", "--component", "cache");
    assertThat(component("web").at("/image").asText()).isEqualTo("example/web:1.0");
    assertThat(component("cache").at("/image").asText()).isEqualTo("example/redis:7");
    assertThat(site.json("upgrades", "store").at("/newest").asText()).isEqualTo("2.0");
  }

  @Test
  void upgrade_nothingNew_saysSo() {
    installFirst();
    assertThat(site.done("upgrade", "store").out()).contains("Nothing to do");
    JsonNode document = site.json("upgrade", "store");
    assertThat(document.at("/plan/empty").asBoolean()).isTrue();
    assertThat(document.at("/record").isNull()).isTrue();
  }

  @Test
  void upgrade_componentRefused_endsFailedAndCanBeFinished() {
    installFirst();
    bringSecond();
    Result failed =
        site.run("upgrade", "store", "--simulate-refusal", "web", "--json").expect(3);
    assertThat(failed.json().at("/record/status").asText()).isNotEqualTo("succeeded");
    assertThat(failed.json().has("error")).isFalse();
    assertThat(site.json("upgrade", "store", "--to", "2.0").at("/record/status").asText())
        .isEqualTo("succeeded");
    assertThat(component("web").at("/runningImage").asText()).isEqualTo("example/web:2.0");
  }

  @Test
  void upgrade_unhealthyWithRollback_isUndone() {
    installFirst();
    bringSecond();
    Result failed = site.run(
            "upgrade",
            "store",
            "--simulate-unhealthy",
            "web",
            "--on-failure",
            "rollback",
            "--health-timeout",
            "1")
        .expect(3);
    assertThat(failed.out()).contains("FAILED", "undone");
    assertThat(site.json("status", "store").at("/version").asText()).isEqualTo("1.0");
  }

  @Test
  void uninstall_installedApp_isGone() {
    installFirst();
    site.done("uninstall", "store");
    assertThat(site.json("apps").at("/apps/0/installed").asBoolean()).isFalse();
    assertThat(site.json("recover").at("/records")).isEmpty();
  }
}
