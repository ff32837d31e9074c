// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Answer.APPLY;
import static dev.switchback.diff.Answer.KEEP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table that Rainbond publishes for its upgrades, as its documentation words it, next to what the
 * preset answers. Source: the how-to guide "upgrade an app", column by column in its order.
 */
final class RainbondTableTest {

  /** What the documentation says about a property, and what that means for added, edited, removed. */
  private record Published(
      String property,
      String says,
      PropertyKind kind,
      Answer added,
      Answer edited,
      Answer removed,
      Set<String> fields,
      Set<String> openingFields) {

    static Published of(
        String property,
        String says,
        PropertyKind kind,
        Answer added,
        Answer edited,
        Answer removed) {
      return new Published(property, says, kind, added, edited, removed, Set.of(), Set.of());
    }

    Published only(String... names) {
      return new Published(
          property, says, kind, added, edited, removed, Set.of(names), openingFields);
    }

    Published opening(String... names) {
      return new Published(property, says, kind, added, edited, removed, fields, Set.of(names));
    }

    @Override
    public String toString() {
      return kind + ": " + says;
    }
  }

  static Stream<Published> table() {
    return Stream.of(
        Published.of(
            "component", "add, update, never delete", PropertyKind.COMPONENT, APPLY, APPLY, KEEP),
        Published.of("image", "update", PropertyKind.IMAGE, KEEP, APPLY, KEEP),
        Published.of("start command", "update", PropertyKind.COMMAND, KEEP, APPLY, KEEP),
        Published.of("inner env", "add only", PropertyKind.ENV, APPLY, KEEP, KEEP),
        Published.of(
            "connect info",
            "add only; port-derived regenerated",
            PropertyKind.CONNECTION,
            APPLY,
            KEEP,
            KEEP),
        Published.of(
                "port",
                "add; update protocol, alias, opening; never close or delete, keep number and"
                    + " internal domain",
                PropertyKind.PORT,
                APPLY,
                APPLY,
                KEEP)
            .only("protocol", "alias")
            .opening("inner", "outer"),
        Published.of("volume", "add", PropertyKind.VOLUME, APPLY, KEEP, KEEP),
        Published.of(
                "config file", "add; update content", PropertyKind.CONFIG_FILE, APPLY, APPLY, KEEP)
            .only("content"),
        Published.of("probe", "add, update, delete", PropertyKind.PROBE, APPLY, APPLY, APPLY),
        Published.of(
                "monitoring graph", "add, update query", PropertyKind.GRAPH, APPLY, APPLY, KEEP)
            .only("query"),
        Published.of("monitor point", "add, update", PropertyKind.MONITOR, APPLY, APPLY, KEEP),
        Published.of("HTTP route", "add", PropertyKind.HTTP_ROUTE, APPLY, KEEP, KEEP),
        Published.of("label", "add", PropertyKind.LABEL, APPLY, KEEP, KEEP),
        Published.of("component plugin use", "add", PropertyKind.PLUGIN_USE, APPLY, KEEP, KEEP),
        Published.of("plugin", "add, never update", PropertyKind.PLUGIN, APPLY, KEEP, KEEP),
        Published.of(
            "component dependency",
            "add, delete inside same template",
            PropertyKind.DEPENDENCY,
            APPLY,
            APPLY,
            APPLY),
        Published.of("volume dependency", "add, delete", PropertyKind.MOUNT, APPLY, APPLY, APPLY),
        Published.of("config group", "add only", PropertyKind.CONFIG_GROUP, APPLY, KEEP, KEEP),
        Published.of("config group items", "add only", PropertyKind.CONFIG_ITEM, APPLY, KEEP, KEEP),
        Published.of(
            "config group members", "add only", PropertyKind.CONFIG_MEMBER, APPLY, KEEP, KEEP),
        Published.of(
            "k8s attribute",
            "add, update, no delete",
            PropertyKind.KUBERNETES_ATTRIBUTE,
            APPLY,
            APPLY,
            KEEP),
        Published.of("k8s resource", "add", PropertyKind.KUBERNETES_RESOURCE, APPLY, KEEP, KEEP));
  }

  @ParameterizedTest
  @MethodSource("table")
  void rule_ofRainbondPreset_isThePublishedRow(Published row) {
    Rule rule = row.kind().rule(Preset.RAINBOND);

    assertThat(rule.edited()).as("edited").isEqualTo(row.edited());
    if (!row.kind().isAlwaysThere()) {
      assertThat(rule.added()).as("added").isEqualTo(row.added());
      assertThat(rule.removed()).as("removed").isEqualTo(row.removed());
    }
    assertThat(rule.fields()).containsExactlyInAnyOrderElementsOf(row.fields());
    assertThat(rule.openOnlyFields()).containsExactlyInAnyOrderElementsOf(row.openingFields());
    assertThat(rule.isInsideTemplate())
        .isEqualTo(Set.of(PropertyKind.DEPENDENCY, PropertyKind.MOUNT).contains(row.kind()));
    assertThat(rule.isRegeneratingDerived()).isEqualTo(row.kind() == PropertyKind.CONNECTION);
  }

  @Test
  void rule_ofPropertiesThePublishedTableLeavesOut_touchesNothingThatRuns() {
    Set<PropertyKind> published = table().map(Published::kind).collect(Collectors.toSet());
    List<PropertyKind> touched = Arrays.stream(PropertyKind.values())
        .filter(kind -> !published.contains(kind))
        .filter(kind -> !kind.rule(Preset.RAINBOND).equals(Rule.keep()))
        .toList();

    assertThat(touched)
        .containsExactly(
            PropertyKind.VERSION_LABEL,
            PropertyKind.SHARE_UUID,
            PropertyKind.REGISTRY,
            PropertyKind.PROVENANCE,
            PropertyKind.EXTRA,
            PropertyKind.APP_EXTRA)
        .allMatch(kind -> kind.cost() == Cost.NOTHING);
  }

  @Test
  void rule_ofPreserveEnvironment_differsFromThePublishedTableInFewRows() {
    List<PropertyKind> differing = Arrays.stream(PropertyKind.values())
        .filter(kind -> !kind.rule(Preset.RAINBOND).equals(kind.rule(Preset.PRESERVE_ENVIRONMENT)))
        .toList();

    assertThat(differing)
        .containsExactly(PropertyKind.CONFIG_FILE, PropertyKind.DISK, PropertyKind.STREAM_ROUTE);
  }
}
