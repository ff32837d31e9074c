// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.cli.Shell.Result;
import dev.switchback.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may change what, whether it still is what it was, and what of the past is kept. */
final class GovernanceTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir
  private Path directory;

  private Shell site;
  private Path siteFile;

  @BeforeEach
  void install() {
    site = new Shell(directory);
    siteFile = directory.resolve("simulated-site.json");
    site.done("publish", Shell.document("shop-1.0.json"));
    site.done("publish", Shell.document("shop-2.0.json"));
    site.done("install", "shop@1.0", "--app", "store", "--actor", "ann");
  }

  @AfterEach
  void noSecretWasPrinted() {
    site.expectNoSecrets();
  }

  @Test
  void hold_keepsFromEveryChangeUntilReleased() {
    site.done("hold", "store", "--reason", "stocktaking", "--actor", "ann");

    Result refused = site.run("upgrade", "store").expect(1);
    assertThat(refused.err()).contains("store is held by ann", "stocktaking");
    Result holds = site.run("holds", "--json");
    assertThat(holds.column("/holds", "actor")).containsExactly("ann");
    assertThat(site.done("holds").out()).contains("everything", "stocktaking");

    assertThat(site.json("release", "store").at("/holds")).isEmpty();
    assertThat(site.json("upgrade", "store").at("/record/status").asText()).isEqualTo("succeeded");
    assertThat(site.run("release", "store").expect(1).err()).contains("not held");
  }

  @Test
  void apply_ofPlanWithObstacles_isRefusedWithWhatHasMovedSinceToo() {
    Path plan = directory.resolve("plan.json");
    site.run("plan", "store", "--only", "env:web:NOPE", "-o", plan).expect(1);
    site.done("edit", "store", "web", "--env", "LOG_LEVEL=debug");

    Result refused = site.run("apply", plan).expect(1);

    assertThat(refused.err()).contains("does not change it", "generation 2");
    assertThat(refused.out()).contains("Obstacles (1)").doesNotContain("Site:");
  }

  @Test
  void rollback_withHold_keepsFromTheVersionItLeft() {
    site.done("upgrade", "store");

    site.done("rollback", "store", "--hold", "--reason", "it eats orders");

    JsonNode hold = site.json("holds", "store").at("/holds/0");
    assertThat(hold.at("/version").asText()).isEqualTo("2.0");
    JsonNode upgrades = site.json("upgrades", "store");
    assertThat(upgrades.at("/newest").isNull()).isTrue();
    assertThat(upgrades.at("/candidates/0/reasons/0/code").asText()).isEqualTo("version-held");
    site.run("upgrade", "store", "--to", "2.0").expect(1);
    site.done("release", "store", "--version", "2.0");
    assertThat(site.json("upgrades", "store").at("/newest").asText()).isEqualTo("2.0");
  }

  @Test
  void approve_bindsToThePlanFile() throws IOException {
    Path plan = directory.resolve("plan.json");
    site.done("plan", "store", "-o", plan);

    JsonNode approved = site.json("approve", plan, "--actor", "ann", "--note", "looks good");
    assertThat(approved.at("/approvals/0/actor").asText()).isEqualTo("ann");
    assertThat(site.run("approve", plan, "--actor", "ann").expect(1).err()).contains("approved it");

    JsonNode record = site.json("apply", plan, "--actor", "ben").at("/record");
    assertThat(record.at("/approvals/0/actor").asText()).isEqualTo("ann");
    assertThat(record.at("/plan")).isEqualTo(approved.at("/plan"));
    site.run("approve", plan, "--actor", "carl").expect(1);
  }

  @Test
  void followUps_areTickedOff() {
    site.done("upgrade", "store");
    JsonNode first = site.json("follow-ups", "store").at("/followUps/0");
    assertThat(first.at("/done").isNull()).isTrue();
    String id = first.at("/id").asText();

    JsonNode ticked = site.json("follow-ups", "store", "--done", id, "--actor", "ann");

    assertThat(ticked.at("/followUps/0/done/actor").asText()).isEqualTo("ann");
    assertThat(site.done("follow-ups", "store").out()).contains("[x]", id);
    assertThat(site.run("follow-ups", "store", "--done", id).expect(1).err())
        .contains("ticked off already by ann");
    String record = id.substring(0, id.indexOf('/'));
    assertThat(site.json("records", "store", record)
            .at("/records/0/followUps/0/done")
            .asBoolean())
        .isTrue();
  }

  @Test
  void records_areFilteredByKindAndStatus() {
    site.done("upgrade", "store");

    assertThat(site.json("records", "store", "--kind", "upgrade").at("/records"))
        .hasSize(1);
    assertThat(site.json("records", "store", "--status", "succeeded").at("/records"))
        .hasSize(2);
    assertThat(site.json("records", "store", "--status", "partly-succeeded").at("/records"))
        .isEmpty();
    site.run("records", "store", "--status", "nonsense").expect(2);
  }

  @Test
  void audit_ofRecordsThatSomebodyChanged_saysWhereAndFails() throws SQLException {
    site.done("upgrade", "store", "--actor", "ann");
    site.done("hold", "store", "--reason", "stocktaking");
    site.done("release", "store");
    JsonNode intact = site.json("audit", "store");
    assertThat(intact.at("/intact").asBoolean()).isTrue();
    assertThat(intact.at("/records/length").asInt()).isEqualTo(2);
    assertThat(intact.at("/decisions/length").asInt()).isEqualTo(2);
    assertThat(site.done("audit", "store").out()).contains("unbroken", "stocktaking");
    String last = site.json("records", "store").at("/records/0/id").asText();

    changeTheFirstRecord();

    Result broken = site.run("audit", "store").expect(3);
    assertThat(broken.out()).contains("BROKEN", last);
    JsonNode where = site.run("audit", "store", "--json").expect(3).json().at("/records/broken");
    assertThat(where.at("/link").asText()).isEqualTo(last);
    assertThat(where.at("/position").asInt()).isEqualTo(2);
  }

  /** As somebody with a database client would. */
  private void changeTheFirstRecord() throws SQLException {
    String database = "jdbc:sqlite:" + directory.resolve("switchback.db");
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      int changed = statement.executeUpdate(
          "update sb_record set document = replace(document, '\"actor\":\"ann\"',"
              + " '\"actor\":\"eve\"') where number = 1");
      assertThat(changed).isEqualTo(1);
    }
  }

  @Test
  void drift_isShownAdoptedAndCorrected() throws IOException {
    assertThat(site.done("drift", "store").out()).contains("runs as it is recorded");
    tamper("web", "example/web:patched");

    JsonNode drift = site.json("drift", "store");
    assertThat(drift.at("/empty").asBoolean()).isFalse();
    assertThat(drift.at("/changes/0/component").asText()).isEqualTo("web");
    assertThat(site.done("drift", "store").out()).contains("example/web:patched");
    JsonNode warning = site.json("plan", "store").at("/plan/warnings/0");
    assertThat(warning.at("/code").asText()).isEqualTo("drifted");
    assertThat(warning.at("/place").asText()).isEqualTo("web");

    assertThat(site.done("drift", "store", "--correct", "--dry-run").out()).contains("web");
    JsonNode corrected = site.json("drift", "store", "--correct").at("/record");
    assertThat(corrected.at("/results")).hasSize(1);
    assertThat(site.json("drift", "store").at("/empty").asBoolean()).isTrue();

    tamper("web", "example/web:patched");
    JsonNode adopted = site.json("drift", "store", "--adopt").at("/record");
    assertThat(adopted.at("/results")).isEmpty();
    assertThat(adopted.at("/kind").asText()).isEqualTo("edit");
    assertThat(site.json("drift", "store").at("/empty").asBoolean()).isTrue();
    site.run("drift", "store", "--adopt", "--correct").expect(2);
  }

  /** Lets a component serve another image, behind the back of everybody. */
  private void tamper(String key, String image) throws IOException {
    ObjectNode site = (ObjectNode) MAPPER.readTree(siteFile.toFile());
    Iterator<JsonNode> components = site.at("/apps/0/components").elements();
    while (components.hasNext()) {
      ObjectNode component = (ObjectNode) components.next();
      ObjectNode serving = component.at("/wanted").deepCopy();
      if (serving.path("key").asText().equals(key)) {
        serving.findParent("reference").put("reference", image);
        component.put("servesWanted", false).set("serving", serving);
      }
    }
    Files.write(siteFile, MAPPER.writeValueAsBytes(site));
  }

  @Test
  void gc_dryRun_saysWhatWouldGoAndChangesNothing() {
    for (int i = 0; i < 3; i++) {
      site.done("edit", "store", "web", "--env", "PAGE=" + i);
    }
    List<String> strict = List.of(
        "gc --keep-revisions 2 --keep-operations 1 --keep-days 0 --grace-hours 0".split(" "));
    Object[] dry = Stream.concat(strict.stream(), Stream.of("--dry-run")).toArray();

    JsonNode would = site.json(dry);

    assertThat(would.at("/dryRun").asBoolean()).isTrue();
    assertThat(names(would, "revision")).containsExactly("2", "1");
    assertThat(names(would, "journal")).hasSize(3);
    assertThat(site.json(dry).at("/going")).isEqualTo(would.at("/going"));
    JsonNode gone = site.json(strict.toArray());
    assertThat(names(gone, "revision")).containsExactly("2", "1");
    assertThat(site.json(strict.toArray()).at("/going")).isEmpty();
    assertThat(site.run("rollback", "store", "--revision", "1").expect(1).err())
        .contains("not kept");
    assertThat(site.json("audit", "store").at("/intact").asBoolean()).isTrue();
    assertThat(site.done("gc", "--dry-run", "--kept").out()).contains("it is the present one");
    site.run("gc", "--keep-revisions", 0).expect(2);
  }

  /** As {@code skopeo copy docker://… oci:HOME/oci:tool:1} leaves it. */
  @Test
  void gc_keepsImagesOfOtherToolsAndRemovesNothingWhenItCannotTellThem() throws IOException {
    Path layout = directory.resolve("oci");
    String layer = blob(layout, "layer");
    String image = blob(layout, "{\"layers\":[{\"digest\":\"" + layer + "\"}]}");
    blob(layout, "stray");
    Path index = layout.resolve("index.json");
    String before = Files.readString(index);
    Files.writeString(
        index,
        "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + image + "\",\"annotations\":"
            + "{\"org.opencontainers.image.ref.name\":\"tool:1\"}}]}");

    assertThat(site.done("gc", "--grace-hours", 0, "--dry-run", "--kept").out())
        .contains("index.json lists it as 'tool:1'");
    String listed = Files.readString(index);
    Files.writeString(index, listed.substring(0, 60));
    assertThat(site.run("gc", "--grace-hours", 0).expect(3).err())
        .contains("Cannot tell which blobs other tools need", "index.json is not JSON");
    Files.writeString(index, listed);
    assertThat(names(site.json("gc", "--grace-hours", 0), "blob"))
        .contains(Digest.of("stray").toString())
        .doesNotContain(image, layer);
    Files.writeString(index, before);
    assertThat(names(site.json("gc", "--grace-hours", 0), "blob")).contains(image, layer);
  }

  private static String blob(Path layout, String text) throws IOException {
    Digest digest = Digest.of(text);
    Files.writeString(layout.resolve("blobs/sha256").resolve(digest.hex()), text);
    return digest.toString();
  }

  private static List<String> names(JsonNode report, String kind) {
    return ((ArrayNode) report.at("/going"))
        .findParents("kind").stream()
            .filter(item -> item.at("/kind").asText().equals(kind))
            .map(item -> item.at("/name").asText())
            .toList();
  }

  @Test
  void signals_toARecordThatHasEnded_areRefused() {
    String record = site.json("records", "store").at("/records/0/id").asText();

    assertThat(site.run("pause", record).expect(1).err()).contains("has ended");
    assertThat(site.run("cancel", record).expect(1).err()).contains("has ended");
    assertThat(site.run("resume", record).expect(1).err()).contains("not paused");
    assertThat(site.run("pause", "no-such-record").expect(1).err()).contains("no record");
  }
}
