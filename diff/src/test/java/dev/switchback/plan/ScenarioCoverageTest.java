// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.PropertyKind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the scenario files against what they have to cover. */
final class ScenarioCoverageTest {

  /** Where the code of Rainbond departs from its published rules, or is wrong, and what shows it. */
  private static final Map<String, List<PropertyKind>> DEVIATIONS = new TreeMap<>(Map.ofEntries(
      Map.entry("command-only-change", List.of(PropertyKind.COMMAND)),
      Map.entry("component-removed", List.of(PropertyKind.COMPONENT)),
      Map.entry("config-file-renamed", List.of(PropertyKind.CONFIG_FILE)),
      Map.entry(
          "config-group-extended",
          List.of(PropertyKind.CONFIG_GROUP, PropertyKind.CONFIG_ITEM, PropertyKind.CONFIG_MEMBER)),
      Map.entry("dependency-drawn-by-operator", List.of(PropertyKind.DEPENDENCY)),
      Map.entry("dependency-dropped-to-none", List.of(PropertyKind.DEPENDENCY, PropertyKind.MOUNT)),
      Map.entry("env-changed-by-both", List.of(PropertyKind.ENV)),
      Map.entry("env-changed-by-vendor", List.of(PropertyKind.ENV, PropertyKind.IMAGE)),
      Map.entry("env-of-both-scopes", List.of(PropertyKind.ENV)),
      Map.entry("graph-query", List.of(PropertyKind.GRAPH)),
      Map.entry(
          "hostname-remapped-at-install", List.of(PropertyKind.ENV, PropertyKind.CONFIG_FILE)),
      Map.entry("kubernetes-attributes-to-none", List.of(PropertyKind.KUBERNETES_ATTRIBUTE)),
      Map.entry("kubernetes-resource-add-only", List.of(PropertyKind.KUBERNETES_RESOURCE)),
      Map.entry("labels-set-by-operator", List.of(PropertyKind.LABEL)),
      Map.entry("matching-rebuilt-component", List.of(PropertyKind.SHARE_UUID)),
      Map.entry("matching-two-copies", List.of()),
      Map.entry("matching-without-uuids", List.of(PropertyKind.COMPONENT)),
      Map.entry("monitor-updated", List.of(PropertyKind.MONITOR)),
      Map.entry("plugin-new-image", List.of(PropertyKind.PLUGIN, PropertyKind.PLUGIN_USE)),
      Map.entry("port-alias-changed", List.of(PropertyKind.PORT, PropertyKind.CONNECTION)),
      Map.entry("port-closed-by-operator", List.of(PropertyKind.PORT)),
      Map.entry("port-closed-by-vendor", List.of(PropertyKind.PORT)),
      Map.entry("probe-change-keeps-other-probes", List.of(PropertyKind.PROBE)),
      Map.entry(
          "rollback-app-level",
          List.of(
              PropertyKind.CONFIG_ITEM,
              PropertyKind.HTTP_ROUTE,
              PropertyKind.STREAM_ROUTE,
              PropertyKind.KUBERNETES_RESOURCE,
              PropertyKind.PLUGIN)),
      Map.entry(
          "rollback-to-none", List.of(PropertyKind.DEPENDENCY, PropertyKind.KUBERNETES_ATTRIBUTE)),
      Map.entry(
          "rollback-volumes-of-each-component",
          List.of(PropertyKind.VOLUME, PropertyKind.CONFIG_FILE)),
      Map.entry(
          "routes-for-existing-component",
          List.of(PropertyKind.HTTP_ROUTE, PropertyKind.STREAM_ROUTE)),
      Map.entry("routes-to-same-port-number", List.of(PropertyKind.HTTP_ROUTE)),
      Map.entry(
          "sizes-not-touched",
          List.of(
              PropertyKind.MEMORY,
              PropertyKind.CPU,
              PropertyKind.SCALING,
              PropertyKind.WORKLOAD,
              PropertyKind.NAME)),
      Map.entry("two-mounts-of-one-provider", List.of(PropertyKind.MOUNT)),
      Map.entry("upgrade-of-one-component", List.of(PropertyKind.IMAGE)),
      Map.entry("volume-moved-path", List.of(PropertyKind.VOLUME)),
      Map.entry("volume-renamed", List.of(PropertyKind.VOLUME))));

  private static final Map<String, Plan> PLANS = new TreeMap<>();

  @BeforeAll
  static void play() throws IOException, URISyntaxException {
    for (Path file : ScenarioTest.scenarios()) {
      String name = file.getFileName().toString().replace(".txt", "");
      String text = Files.readString(file).replace("\r\n", "\n");
      PLANS.put(name, Scenario.play(text.substring(0, text.indexOf("\nexpect\n") + 1)));
    }
  }

  @Test
  void rainbondScenarios_areThoseOfTheDeviations() {
    TreeSet<String> names = new TreeSet<>();
    PLANS.keySet().stream()
        .filter(name -> name.startsWith("rainbond-"))
        .forEach(name -> names.add(name.substring("rainbond-".length())));

    assertThat(names).isEqualTo(DEVIATIONS.keySet());
  }

  @Test
  void rainbondScenario_decidesAboutWhatItIsAbout() {
    DEVIATIONS.forEach((name, kinds) -> {
      Plan plan = PLANS.get("rainbond-" + name);
      assertThat(plan.decisions()).as(name).extracting(Decision::property).containsAll(kinds);
      assertThat(plan.decisions().isEmpty()).as(name).isEqualTo(!plan.isExecutable());
    });
  }

  /** Apart from the four big scenarios of the presets, which have every row anyway. */
  @ParameterizedTest
  @EnumSource(PropertyKind.class)
  void everyRow_isAppliedAndKeptInSomeScenario(PropertyKind kind) {
    List<String> applied = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    PLANS.forEach((name, plan) -> plan.decisions().stream()
        .filter(decision -> decision.property() == kind)
        .forEach(decision -> (decision.verdict() == Verdict.APPLY ? applied : kept).add(name)));

    assertThat(applied).isNotEmpty();
    assertThat(kept).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(PropertyKind.class)
  void everyRow_isAddedEditedAndRemovedInSomeScenario(PropertyKind kind) {
    TreeSet<ChangeType> types = new TreeSet<>();
    PLANS
        .values()
        .forEach(plan -> plan.decisions().stream()
            .filter(decision -> decision.property() == kind)
            .forEach(decision -> types.add(decision.type())));

    if (!kind.isAlwaysThere()) {
      assertThat(types).contains(ChangeType.ADDED, ChangeType.REMOVED);
    }
    if (kind != PropertyKind.COMPONENT && kind.canBeEdited()) {
      assertThat(types).contains(ChangeType.EDITED);
    }
  }

  /** What is neither applied nor the operator's own is to do by hand, or to be decided. */
  @Test
  void noScenario_keepsAVendorChangeSilently() {
    PLANS.forEach((name, plan) -> plan.decisions(Verdict.KEEP).stream()
        .filter(decision -> !decision.changedBy().equals(ChangedBy.OPERATOR))
        .filter(decision -> !decision.rule().startsWith("selection"))
        .filter(decision -> !decision.rule().startsWith("decision"))
        .forEach(decision -> {
          boolean said = plan.followUps().stream()
              .anyMatch(followUp -> followUp.kind().equals(decision.property().code())
                  && followUp.item().equals(decision.item()));
          boolean ofComponent =
              plan.followUps().stream().anyMatch(followUp -> followUp.kind().equals("component"));
          assertThat(said || ofComponent).as(name + ": " + decision.place()).isTrue();
        }));
  }
}
