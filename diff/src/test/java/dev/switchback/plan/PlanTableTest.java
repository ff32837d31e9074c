// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a plan for a terminal of 120 columns breaks its lines; what it says, the scenarios show. */
final class PlanTableTest {

  private static final int COLUMNS = 120;
  private static final ComponentKey WEB = new ComponentKey("web");

  private static Plan.Builder plan() {
    return Plan.builder(OperationKind.UPGRADE, Site.APP, UpgradeRequest.to(Site.ref("2.0")));
  }

  private static Decision kept(String item, String before, String rule) {
    return new Decision(
        PropertyKind.ENV,
        WEB,
        item,
        ChangeType.REMOVED,
        Verdict.KEEP,
        rule,
        ChangedBy.VENDOR,
        before,
        "",
        List.of(),
        List.of());
  }

  /** Returns the lines of a section, without its heading. */
  private static List<String> section(Plan plan, String heading) {
    return PlanTable.text(plan)
        .lines()
        .dropWhile(line -> !line.startsWith(heading))
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .toList();
  }

  private static List<String> followUp(String before, String after) {
    FollowUp followUp = new FollowUp("F1", "env", WEB, "A", before, after, "Change it");
    return section(plan().followUps(List.of(followUp)).build(), "To do by hand");
  }

  @Test
  void text_followUp_hasBothValuesOnALineAsLongAsTheyFit() {
    assertThat(followUp("a".repeat(50), "b".repeat(50)))
        .containsExactly(
            "  F1  Change it", "      stays: " + "a".repeat(50) + ", new: " + "b".repeat(50))
        .last()
        .satisfies(line -> assertThat(line).hasSize(COLUMNS));
    assertThat(followUp("a".repeat(51), "b".repeat(50)))
        .containsExactly(
            "  F1  Change it", "      stays: " + "a".repeat(51), "      new: " + "b".repeat(50));
    assertThat(followUp("", "b")).containsExactly("  F1  Change it", "      new: b");
    assertThat(followUp("a", "")).containsExactly("  F1  Change it", "      stays: a");
    assertThat(followUp("", "")).containsExactly("  F1  Change it");
  }

  private static List<String> artifacts(Artifact... artifacts) {
    return section(plan().artifacts(List.of(artifacts)).build(), "Artifacts");
  }

  @Test
  void text_artifact_hasItsUsersBesideItAsLongAsTheyFit() {
    ComponentKey fits = new ComponentKey("c".repeat(96));
    ComponentKey tooLong = new ComponentKey("c".repeat(97));

    assertThat(artifacts(new Artifact("a:1", null, List.of(fits), Presence.UNKNOWN)))
        .containsExactly("  a:1  not checked  for " + fits)
        .last()
        .satisfies(line -> assertThat(line).hasSize(COLUMNS));
    assertThat(artifacts(new Artifact("a:1", null, List.of(tooLong), Presence.UNKNOWN)))
        .containsExactly("  a:1  not checked", "    for " + tooLong);
  }

  @Test
  void text_artifacts_areAligned() {
    Digest digest = Digest.of("b");

    assertThat(artifacts(
            new Artifact("a:1", null, List.of(WEB), Presence.MISSING),
            new Artifact("b:1", digest, List.of(WEB), Presence.UNKNOWN),
            new Artifact("", digest, List.of(), Presence.PRESENT)))
        .containsExactly(
            "  a:1               MISSING      for web",
            "  b:1 3e23e8160039  not checked  for web",
            "  3e23e8160039      present");
  }

  private static List<String> rows(Decision... decisions) {
    return section(plan().decisions(List.of(decisions)).build(), "Will not be applied");
  }

  @Test
  void text_rules_standBesideValuesOfUpTo44Columns() {
    assertThat(rows(kept("A", "v".repeat(44), "why"), kept("B", "v".repeat(45), "why")))
        .containsExactly(
            "  Component web",
            "    - env  A  " + "v".repeat(44) + "  why",
            "    - env  B  " + "v".repeat(45) + "  why");
    assertThat(rows(kept("A", "v", "why"), kept("B", "v".repeat(44), "why")))
        .containsExactly(
            "  Component web",
            "    - env  A  v" + " ".repeat(43) + "  why",
            "    - env  B  " + "v".repeat(44) + "  why");
  }

  @Test
  void text_longItem_doesNotWidenTheColumnOfTheOthers() {
    String widest = "I".repeat(30);
    String wider = "I".repeat(31);

    assertThat(rows(kept("A", "v", "why"), kept(widest, "v", "why")))
        .containsExactly(
            "  Component web",
            "    - env  A" + " ".repeat(29) + "  v  why",
            "    - env  " + widest + "  v  why");
    assertThat(rows(kept("A", "v", "why"), kept(wider, "v", "why")))
        .containsExactly(
            "  Component web", "    - env  A  v  why", "    - env  " + wider + "  v  why");
  }

  @Test
  void text_rule_standsBelowWhereThereIsNoRoom() {
    String value = "v".repeat(40);
    String fits = "r".repeat(COLUMNS - "    - env  A    ".length() - value.length());

    assertThat(rows(kept("A", value, fits)))
        .containsExactly("  Component web", "    - env  A  " + value + "  " + fits)
        .last()
        .satisfies(line -> assertThat(line).hasSize(COLUMNS));
    assertThat(rows(kept("A", value, fits + "r")))
        .containsExactly("  Component web", "    - env  A  " + value, "        (" + fits + "r)");
  }

  @Test
  void text_value_standsBelowWhereThereIsNoRoom() {
    String fits = "v".repeat(COLUMNS - "    - env  A  ".length());

    assertThat(rows(kept("A", fits, "why")))
        .containsExactly("  Component web", "    - env  A  " + fits, "        (why)");
    assertThat(rows(kept("A", fits + "v", "why")))
        .containsExactly(
            "  Component web", "    - env  A", "        " + fits + "v", "        (why)");
  }
}
