// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.Approval;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Approvals: whose count, and for what. */
final class ApprovalsTest {

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final Audit audit = sites.site.audit();
  private final VersionRef one = sites.publish("1.0", Sites.shop("1"));

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void execute_withoutEnoughApprovals_isRefused() {
    Switchback strict = strict(2);
    Plan plan = strict.apps().plan(SHOP, new InstallRequest(one));
    strict.audit().approve(plan, "anna", "looks good");

    assertThatThrownBy(() -> strict.apps().execute(plan, by("carl")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("2 approvals")
        .hasMessageContaining("anna");
  }

  @Test
  void execute_withApprovalsOfOthers_keepsThemInTheRecord() {
    Switchback strict = strict(2);
    Plan plan = strict.apps().plan(SHOP, new InstallRequest(one));
    strict.audit().approve(plan, "anna", "looks good");
    strict.audit().approve(plan, "carl", "mine");
    strict.audit().approve(plan, "ben", "");

    OperationRecord record = strict.apps().execute(plan, by("carl"));

    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.approvals()).extracting(Approval::actor).containsExactly("anna", "ben");
    assertThat(record.plan()).contains(JsonFormats.plan().digest(plan));
  }

  @Test
  void approval_ofTheExecutor_doesNotCount() {
    Switchback strict = strict(1);
    Plan plan = strict.apps().plan(SHOP, new InstallRequest(one));
    strict.audit().approve(plan, "carl", "mine");

    assertThatThrownBy(() -> strict.apps().execute(plan, by("carl")))
        .hasMessageContaining("has none");
    assertThatThrownBy(() -> strict.apps().execute(plan, by(""))).hasMessageContaining("actor");
  }

  @Test
  void approval_ofAnotherDigest_doesNotCount() {
    Switchback strict = strict(1);
    Plan plan = strict.apps().plan(SHOP, new InstallRequest(one));
    strict.audit().approve(plan, "anna", "");
    Plan longer =
        plan.toBuilder().expiresAt(plan.expiresAt().plus(Duration.ofDays(365))).build();
    sites.clock.advance(Duration.ofSeconds(1));
    Plan again = strict.apps().plan(SHOP, new InstallRequest(one));

    for (Plan other : List.of(longer, again)) {
      assertThatThrownBy(() -> strict.apps().execute(other, by("carl")))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("has none");
    }
    assertThat(strict.audit().approvals(again)).isEmpty();
  }

  @Test
  void approve_twiceByTheSame_isRefused() {
    Plan plan = apps.plan(SHOP, new InstallRequest(one));
    audit.approve(plan, "anna", "");

    assertThatThrownBy(() -> audit.approve(plan, "anna", "again"))
        .hasMessageContaining("anna approved it");
    assertThat(audit.approvals(plan)).hasSize(1);
  }

  @Test
  void approve_ofAStaleOrExpiredPlan_isRefused() {
    Plan plan = apps.plan(SHOP, new InstallRequest(one));
    sites.clock.advance(Duration.ofDays(8));
    assertThatThrownBy(() -> audit.approve(plan, "anna", "")).hasMessageContaining("good until");

    Plan stale = apps.plan(SHOP, new InstallRequest(one));
    apps.install(SHOP, one);
    assertThatThrownBy(() -> audit.approve(stale, "anna", "")).hasMessageContaining("generation");
  }

  private Switchback strict(int approvals) {
    return sites
        .builder("node-strict", new Faults(FaultPlan.none()))
        .approvals(ApprovalRule.always(approvals))
        .open();
  }

  private static ExecutionOptions by(String actor) {
    return ExecutionOptions.builder().actor(actor).build();
  }
}
