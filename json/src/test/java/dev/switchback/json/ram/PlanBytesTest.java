// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanInput;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.PlanTable;
import dev.switchback.plan.PlannedOperation;
import dev.switchback.plan.Planner;
import dev.switchback.plan.Policy;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.plan.UpgradeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Same inputs, same bytes: from a RAM document to the JSON and the text of a plan, whatever order the
 * document is written in. The kept digests make sure of it across versions of Java too; {@code
 * -Dplans.write=DIR} writes them anew into DIR where plans were meant to change.
 */
final class PlanBytesTest {

  private static final AppId APP = new AppId("site");
  private static final TemplateId TEMPLATE = new TemplateId("template");
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final List<String> DOCUMENTS =
      List.of("v1-guestbook", "v2-bookshop", "v3-desktop");
  private static final List<String> POLICIES =
      List.of("preserve-environment", "rainbond", "merge", "exact");

  /** The lists of a document whose order says something: what is written, not what is there. */
  private static final List<String> ORDERED = List.of("rewrites", "annotations");

  private static TemplateVersion version(String version, byte[] document) {
    return RamDocument.read(document)
        .toTemplateVersion(new VersionRef(TEMPLATE, Version.parse(version)));
  }

  private static PlannedOperation plan(PlanInput.Builder input, PlanRequest request) {
    return Planner.plan(input.now(NOON).build(), request);
  }

  private static PlanInput.Builder at(AppState state) {
    return PlanInput.builder(APP)
        .state(state)
        .stateDigest(JsonFormats.appState().digest(state));
  }

  /** Plans an install, an upgrade under each policy, and the way back from each. */
  private static Map<String, Plan> plans(byte[] first, byte[] second) {
    TemplateVersion one = version("1.0", first);
    TemplateVersion two = version("2.0", second);
    Map<String, Plan> plans = new TreeMap<>();
    PlannedOperation install =
        plan(PlanInput.builder(APP).target(one), new InstallRequest(one.ref()));
    plans.put("install", install.plan());
    for (String policy : POLICIES) {
      PlannedOperation upgrade = plan(
          at(install.wanted()).target(two),
          UpgradeRequest.builder(two.ref()).policy(Policy.named(policy)).build());
      plans.put("upgrade " + policy, upgrade.plan());
      PlannedOperation rollback = plan(
          at(upgrade.wanted()).earlier(install.wanted()).after(upgrade.wanted()),
          RollbackRequest.revision(1).removeAdded(true).recreateRemoved(true).build());
      plans.put("rollback " + policy, rollback.plan());
    }
    return plans;
  }

  private static byte[] first(String document) {
    return Documents.bytes(document + ".json");
  }

  private static byte[] second(String document) throws IOException {
    return resource("/ram-next/" + document + ".json");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PlanBytesTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** A digest of everything that can be seen of a plan. */
  private static String digest(Plan plan) {
    return Digest.of(
            JsonFormats.plan().text(plan) + PlanTable.text(plan) + PlanTable.markdown(plan))
        .hex();
  }

  @Test
  void plans_ofTheKeptDocuments_haveTheKeptDigests() throws IOException {
    StringBuilder digests = new StringBuilder();
    for (String document : DOCUMENTS) {
      plans(first(document), second(document))
          .forEach((name, plan) -> digests
              .append(digest(plan))
              .append("  ")
              .append(document)
              .append(' ')
              .append(name)
              .append('\n'));
    }

    String folder = System.getProperty("plans.write", "");
    if (!folder.isEmpty()) {
      Files.writeString(Path.of(folder).resolve("plan-digests.txt"), digests);
      return;
    }
    assertThat(digests.toString())
        .isEqualTo(new String(resource("/golden/plan-digests.txt"), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void plans_ofShuffledDocuments_areTheSame(long seed) throws IOException {
    for (String document : DOCUMENTS) {
      Map<String, Plan> plans = plans(first(document), second(document));
      Map<String, Plan> shuffled =
          plans(shuffled(first(document), seed), shuffled(second(document), seed + 1));

      plans.forEach((name, plan) -> assertThat(readable(shuffled.get(name)))
          .as(document + " " + name)
          .isEqualTo(readable(plan)));
      assertThat(shuffled).isEqualTo(plans);
    }
  }

  private static String readable(Plan plan) {
    return PlanTable.text(plan) + JsonFormats.plan().text(plan);
  }

  private static byte[] shuffled(byte[] document, long seed) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    return mapper.writeValueAsBytes(shuffled(mapper.readTree(document), new Random(seed)));
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
      Collections.shuffle(fields, random);
      ObjectNode result = object.objectNode();
      fields.forEach(field -> result.set(
          field.getKey(),
          ORDERED.contains(field.getKey())
              ? field.getValue()
              : shuffled(field.getValue(), random)));
      return result;
    }
    if (node instanceof ArrayNode array) {
      List<JsonNode> items = new ArrayList<>();
      array.forEach(item -> items.add(shuffled(item, random)));
      Collections.shuffle(items, random);
      return array.arrayNode().addAll(items);
    }
    return node;
  }
}
