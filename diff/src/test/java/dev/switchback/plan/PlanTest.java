// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.StepAction;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class PlanTest {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final Plan PLAN =
      Plan.builder(OperationKind.UNINSTALL, Site.APP, new UninstallRequest()).build();
  private static final Decision DECISION = new Decision(
      PropertyKind.COMMAND,
      WEB,
      "",
      ChangeType.REMOVED,
      Verdict.KEEP,
      "rule",
      ChangedBy.VENDOR,
      "run",
      "",
      List.of(),
      List.of());

  /** Sets each part to something else than the default. */
  private static final List<UnaryOperator<Plan.Builder>> PARTS = List.of(
      plan -> plan.baseGeneration(3),
      plan -> plan.baseDigest(Digest.of("base")),
      plan -> plan.from(Site.ref("1.0")),
      plan -> plan.to(Site.ref("2.0")),
      plan -> plan.toDigest(Digest.of("to")),
      plan -> plan.maxParallel(4),
      plan -> plan.decisions(List.of(DECISION)),
      plan -> plan.waves(List.of(new Wave(List.of(new Step(StepAction.UPDATE, WEB, "why"))))),
      plan ->
          plan.followUps(List.of(new FollowUp("F1", "command", WEB, "", "run", "", "Remove it"))),
      plan -> plan.obstacles(List.of(Obstacle.of("code", "Cannot", ""))),
      plan -> plan.warnings(List.of(new Warning("code", "web", "Mind"))),
      plan -> plan.artifacts(List.of(new Artifact("a:1", null, List.of(WEB), Presence.UNKNOWN))),
      plan -> plan.componentNames(Map.of(WEB, "Shop")),
      plan -> plan.recordOnly(true),
      plan -> plan.createdAt(Site.NOW),
      plan -> plan.expiresAt(Site.NOW));

  @Test
  void equals_anyPartIsOther_isAnotherPlan() {
    for (UnaryOperator<Plan.Builder> part : PARTS) {
      Plan other = part.apply(PLAN.toBuilder()).build();

      assertThat(other).isNotEqualTo(PLAN).doesNotHaveSameHashCodeAs(PLAN);
      assertThat(part.apply(PLAN.toBuilder()).build()).isEqualTo(other).hasSameHashCodeAs(other);
      assertThat(other.toBuilder().build()).isEqualTo(other);
    }
    assertThat(Plan.builder(OperationKind.UNINSTALL, new AppId("other"), PLAN.request())
            .build())
        .isNotEqualTo(PLAN);
    assertThat(Plan.builder(OperationKind.EDIT, Site.APP, PLAN.request()).build())
        .isNotEqualTo(PLAN);
    assertThat(Plan.builder(OperationKind.UNINSTALL, Site.APP, new EditRequest(List.of()))
            .build())
        .isNotEqualTo(PLAN);
    assertThat(PLAN).isNotEqualTo("plan");
  }

  @Test
  void toString_namesOperationAppVersionsAndGeneration() {
    assertThat(PLAN).hasToString("UNINSTALL of shop at generation 0");
    assertThat(PLAN.toBuilder()
            .from(Site.ref("1.0"))
            .to(Site.ref("2.0"))
            .baseGeneration(7)
            .build())
        .hasToString("UNINSTALL of shop from shop@1.0 to shop@2.0 at generation 7");
  }

  @Test
  void isEmpty_withoutStepsUnlessTheRecordChanges() {
    assertThat(PLAN.isEmpty()).isTrue();
    assertThat(PLAN.recordOnly()).isFalse();
    assertThat(PLAN.toBuilder().recordOnly(true).build().isEmpty()).isFalse();
    assertThat(PLAN.maxParallel()).isEqualTo(1);
  }
}
