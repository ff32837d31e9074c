// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DriftPlannerTest {

  private static final ComponentKey DB = new ComponentKey("db");
  private static final ComponentKey EXTRA = new ComponentKey("extra");
  private static final ComponentKey WEB = new ComponentKey("web");
  private static final AppSpec RECORDED = SpecScript.apply(
      AppSpec.empty(),
      List.of("component db", "  image mysql:8", "component web", "  image web:1", "  name Shop"));

  /** The image of web was changed, db is gone, and something is there that nobody recorded. */
  private static final AppSpec RUNNING = SpecScript.apply(
      RECORDED,
      List.of(
          "component web",
          "  image web:2",
          "remove component db",
          "component extra",
          "  name Helper",
          "  image extra:1"));

  private static Site site() {
    Site site = new Site().publish("1.0", RECORDED);
    site.run(new InstallRequest(Site.ref("1.0")));
    return site;
  }

  private static PlannedOperation plan(Site site, AppSpec running, DriftRequest.Way way) {
    DriftRequest request = new DriftRequest(way);
    return Planner.plan(
        site.input(request).toBuilder()
            .running(running.components())
            .runningDigest(Digest.of("running"))
            .build(),
        request);
  }

  private static List<String> decisions(Plan plan) {
    return plan.decisions().stream()
        .map(each -> each.verdict() + " " + each.type() + " " + each.place() + ": " + each.rule())
        .toList();
  }

  private static List<String> steps(Plan plan) {
    return plan.steps().stream()
        .map(step -> step.action() + " " + step.component())
        .toList();
  }

  @Test
  void adopt_drift_recordsEachDifferenceAndForgetsWhatIsGone() {
    Site site = site();
    site.unsettle(DB);

    PlannedOperation planned = plan(site, RUNNING, DriftRequest.Way.ADOPT);

    assertThat(decisions(planned.plan()))
        .containsExactly(
            "APPLY REMOVED component db: drift: recorded as it runs",
            "APPLY ADDED component extra: drift: recorded as it runs",
            "APPLY EDITED image of web: drift: recorded as it runs");
    assertThat(planned.plan().steps()).isEmpty();
    assertThat(planned.plan().recordOnly()).isTrue();
    assertThat(planned.plan().toDigest()).contains(Digest.of("running"));
    assertThat(planned.plan().from()).contains(Site.ref("1.0"));
    assertThat(planned.plan().to()).contains(Site.ref("1.0"));
    AppState wanted = planned.wanted();
    assertThat(wanted.spec()).isEqualTo(RUNNING);
    assertThat(wanted.base()).isEqualTo(RECORDED);
    assertThat(wanted.origins()).containsOnlyKeys(WEB);
    assertThat(wanted.unsettled()).isEmpty();
  }

  @Test
  void adopt_whatRunsAndDidNotSettle_isStillUnsettled() {
    Site site = site();
    site.unsettle(WEB);

    assertThat(plan(site, RUNNING, DriftRequest.Way.ADOPT).wanted().unsettled())
        .containsExactly(WEB);
  }

  @Test
  void correct_drift_bringsBackWhatIsRecordedAndLeavesTheRest() {
    Plan plan = plan(site(), RUNNING, DriftRequest.Way.CORRECT).plan();

    assertThat(decisions(plan))
        .containsExactly(
            "APPLY ADDED component db: drift: as recorded",
            "KEEP REMOVED component extra: drift: what is not recorded is not removed unasked",
            "APPLY EDITED image of web: drift: as recorded");
    assertThat(steps(plan)).containsExactly("CREATE db", "BUILD web");
    assertThat(plan.followUps())
        .containsExactly(new FollowUp(
            "F1",
            "component",
            EXTRA,
            "extra",
            "name Helper, image extra:1",
            "",
            "Remove component Helper (extra) by hand if nobody needs it, or adopt it: it runs and"
                + " is not recorded"));
  }

  @Test
  void correctAndRemove_drift_removesWhatIsNotRecordedToo() {
    PlannedOperation planned = plan(site(), RUNNING, DriftRequest.Way.CORRECT_AND_REMOVE);

    assertThat(decisions(planned.plan()))
        .containsExactly(
            "APPLY ADDED component db: drift: as recorded",
            "APPLY REMOVED component extra: drift: as recorded",
            "APPLY EDITED image of web: drift: as recorded");
    assertThat(steps(planned.plan())).containsExactly("CREATE db", "BUILD web", "REMOVE extra");
    assertThat(planned.plan().followUps()).isEmpty();
    assertThat(planned.wanted().spec()).isEqualTo(RECORDED);
  }

  @Test
  void correct_whatCostsNothingToRecord_isAskedOfTheBackendAllTheSame() {
    AppSpec renamed = SpecScript.apply(RECORDED, List.of("component web", "  name Store"));

    Plan plan = plan(site(), renamed, DriftRequest.Way.CORRECT).plan();

    assertThat(plan.steps()).containsExactly(new Step(StepAction.UPDATE, WEB, "name"));
  }

  @Test
  void correct_failedStep_isTakenAgainAndSettles() {
    Site site = site();
    site.unsettle(WEB);

    PlannedOperation planned = plan(site, RECORDED, DriftRequest.Way.CORRECT);

    assertThat(planned.plan().steps())
        .extracting(Step::reason)
        .containsExactly("its last step failed");
    assertThat(planned.wanted().unsettled()).isEmpty();
  }

  @Test
  void plan_noDrift_isEmpty() {
    for (DriftRequest.Way way : DriftRequest.Way.values()) {
      PlannedOperation planned = plan(site(), RECORDED, way);

      assertThat(planned.plan().isEmpty()).isTrue();
      assertThat(planned.wanted()).isEqualTo(site().state());
    }
  }

  @Test
  void plan_withoutAppOrSight_isRefused() {
    Plan unseen = site().plan(DriftRequest.correct()).plan();
    Plan absent = new Site().plan(DriftRequest.adopt()).plan();

    assertThat(unseen.obstacles())
        .containsExactly(new Obstacle(
            "drift-unknown",
            "shop",
            "Cannot end the drift of shop: its backend cannot tell what really runs",
            ""));
    assertThat(absent.obstacles()).extracting(Obstacle::code).containsExactly("not-installed");
  }
}
