// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchback.deploy.DeploymentException;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.Image;
import dev.switchback.plan.DriftRequest;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.Policy;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plan that cannot be executed, or approved, is refused once, with every reason. */
final class ExecutionGuardTest {

  private static final ComponentKey WEB = new ComponentKey("web");

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final Audit audit = sites.site.audit();
  private final VersionRef two;

  ExecutionGuardTest() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    two = sites.publish("2.0", Sites.shop("2"));
  }

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void execute_expiredHeldUnapprovedAndStale_tellsAllOfIt() {
    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));
    edit();
    sites.clock.advance(Duration.ofDays(8));
    audit.hold(SHOP, "anna", "stocktaking");

    List<Obstacle> reasons;
    try (Switchback strict = strict()) {
      reasons = refused(() -> strict.apps().execute(plan, by("carl")));
    }

    assertThat(reasons)
        .extracting(Obstacle::code)
        .startsWith("plan-expired", "app-held", "approval-missing", "plan-stale");
    assertThat(reasons)
        .doesNotHaveDuplicates()
        .extracting(Obstacle::message)
        .contains("the app is at generation 2, the plan was made at 1");
    assertThat(sites.storage.leases().find(SHOP)).isEmpty();
  }

  @Test
  void execute_heldAndTampered_tellsWhatIsPlannedInstead() {
    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));
    Plan tampered = plan.toBuilder()
        .decisions(plan.decisions().subList(1, plan.decisions().size()))
        .build();
    audit.hold(SHOP, "anna", "stocktaking");

    assertThat(refused(() -> apps.execute(tampered, by("carl"))))
        .extracting(Obstacle::code)
        .containsExactly("app-held", "plan-stale");
  }

  @Test
  void execute_withAConflictThatIsGone_tellsThatThePlanIsStale() {
    edit(new Edit.SetImage(WEB, Image.of("web:mine")));
    Plan plan =
        apps.plan(SHOP, UpgradeRequest.builder(two).policy(Policy.merge()).build());
    assertThat(plan.obstacles()).hasSize(1);
    edit(new Edit.SetImage(WEB, Image.of("web:1")));

    List<Obstacle> reasons = refused(() -> apps.execute(plan, by("carl")));

    assertThat(reasons).containsAll(plan.obstacles());
    assertThat(reasons)
        .extracting(Obstacle::message)
        .contains("the app is at generation 3, the plan was made at 2");
  }

  @Test
  void execute_ofAPlanMadeWhileHeld_isNotCalledStale() {
    audit.hold(SHOP, "anna", "stocktaking");
    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));

    assertThat(refused(() -> apps.execute(plan, by("carl"))))
        .extracting(Obstacle::code)
        .containsExactly("app-held");
  }

  @Test
  void execute_whileAnotherIsPaused_tellsWhatElseThereIs() {
    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));
    edit();
    OperationRecord paused = apps.execute(
        apps.plan(SHOP, UpgradeRequest.to(two)),
        ExecutionOptions.builder()
            .listener(event -> {
              if (event.kind() == ProgressEvent.Kind.STEP_STARTED) {
                apps.pause(event.record(), "ops");
              }
            })
            .build());
    assertThat(paused.status()).isEqualTo(RecordStatus.PAUSED);

    assertThat(refused(() -> apps.execute(plan, by("carl"))))
        .extracting(Obstacle::code)
        .startsWith("operation-paused", "plan-stale");
    audit.hold(SHOP, "anna", "stocktaking");
    assertThat(refused(() -> apps.execute(plan, by("carl"))))
        .extracting(Obstacle::code)
        .startsWith("app-held", "operation-paused", "plan-stale");
  }

  @Test
  void execute_heldWhileTheBackendIsAway_isRefusedAllTheSame() {
    Plan plan = apps.plan(SHOP, DriftRequest.adopt());
    audit.hold(SHOP, "anna", "stocktaking");
    sites.backend.unreachable(1000);

    RefusedException refusal =
        catchThrowableOfType(RefusedException.class, () -> apps.execute(plan, by("carl")));

    assertThat(refusal.obstacles()).extracting(Obstacle::code).containsExactly("app-held");
    assertThat(refusal.getSuppressed())
        .hasOnlyElementsOfType(DeploymentException.class)
        .hasSize(1);
  }

  @Test
  void approve_expiredStaleAndApprovedAlready_tellsAllOfIt() {
    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));
    audit.approve(plan, "anna", "");
    edit();
    sites.clock.advance(Duration.ofDays(8));

    assertThat(refused(() -> audit.approve(plan, "anna", "")))
        .extracting(Obstacle::code)
        .startsWith("plan-expired", "plan-stale")
        .endsWith("approved-already");
  }

  private void edit() {
    edit(new Edit.SetEnv(WEB, "MODE", Setting.plain("changed")));
  }

  private void edit(Edit edit) {
    apps.execute(apps.plan(SHOP, EditRequest.of(edit)), by("ops"));
  }

  private static List<Obstacle> refused(ThrowingCallable call) {
    return catchThrowableOfType(RefusedException.class, call).obstacles();
  }

  private Switchback strict() {
    return sites
        .builder("node-strict", new Faults(FaultPlan.none()))
        .approvals(ApprovalRule.always(1))
        .open();
  }

  private static ExecutionOptions by(String actor) {
    return ExecutionOptions.builder().actor(actor).build();
  }
}
