// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.AuditEntry.Act;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.template.Stage;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.plan.UninstallRequest;
import dev.switchback.plan.UpgradeCandidate;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.PageRequest;
import dev.switchback.testkit.faults.Fault;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuditTest {

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final Audit audit = sites.site.audit();
  private final VersionRef one = sites.publish("1.0", Sites.shop("1"));
  private final VersionRef two = sites.publish("2.0", Sites.shop("2"));

  @AfterEach
  void close() {
    sites.close();
  }

  // Holds.

  @Test
  void plan_ofAHeldApp_hasAnObstacleForEachHold() {
    apps.install(SHOP, one);
    audit.hold(SHOP, "anna", "stocktaking");
    audit.hold(SHOP, "ben", "the disk is full");

    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));

    assertThat(plan.obstacles()).extracting(Obstacle::code).containsExactly("app-held", "app-held");
    assertThat(plan.obstacles().get(0).message()).contains("anna", "stocktaking");
    assertThat(plan.steps()).isNotEmpty();
  }

  @Test
  void execute_ofAPlanMadeBeforeTheHold_isRefusedAndChangesNothing() {
    apps.install(SHOP, one);
    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));
    audit.hold(SHOP, "anna", "stocktaking");
    audit.holdVersion(SHOP, two, "ben", "it eats orders");

    assertThat(refusal(plan, "carl"))
        .extracting(Obstacle::code)
        .containsExactly("app-held", "version-held");
    assertThat(records()).hasSize(1);
    assertThat(sites.storage.leases().find(SHOP)).isEmpty();
  }

  @Test
  void execute_afterRelease_runs() {
    apps.install(SHOP, one);
    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));
    audit.hold(SHOP, "anna", "stocktaking");
    audit.hold(SHOP, "ben", "stocktaking, too");

    audit.release(SHOP, "anna", "done");

    assertThat(audit.holds(SHOP)).isEmpty();
    assertThat(execute(plan, "carl").status()).isEqualTo(RecordStatus.SUCCEEDED);
  }

  @Test
  void versionHold_keepsFromTheVersionOnly() {
    VersionRef three = sites.publish("3.0", Sites.shop("3"));
    apps.install(SHOP, one);
    audit.holdVersion(SHOP, two, "anna", "it eats orders");

    assertThat(apps.plan(SHOP, UpgradeRequest.to(two)).isExecutable()).isFalse();
    assertThat(apps.plan(SHOP, UpgradeRequest.to(three)).isExecutable()).isTrue();
    List<UpgradeCandidate> candidates = apps.upgrades(SHOP, Stage.RELEASED).candidates();
    assertThat(candidates.get(0).isAvailable()).isTrue();
    assertThat(candidates.get(1).isAvailable()).isFalse();
    assertThat(candidates.get(1).reasons())
        .extracting(Obstacle::code)
        .containsExactly("version-held");
  }

  @Test
  void versionHold_leavesRollbackAndUninstallPossible() {
    apps.install(SHOP, one);
    OperationRecord upgrade = apps.upgrade(SHOP, two);
    audit.holdVersion(SHOP, two, "anna", "it eats orders");
    audit.holdVersion(SHOP, one, "anna", "old");

    assertThat(apps.rollback(upgrade.id()).status()).isEqualTo(RecordStatus.ROLLED_BACK);
    PlanRequest uninstall = new UninstallRequest();
    assertThat(apps.plan(SHOP, uninstall).isExecutable()).isTrue();
  }

  @Test
  void rollback_askedTo_holdsTheVersionItLeaves() {
    apps.install(SHOP, one);
    OperationRecord upgrade = apps.upgrade(SHOP, two);
    ExecutionOptions options = ExecutionOptions.builder()
        .actor("anna")
        .reason("it eats orders")
        .holdVersion()
        .build();

    apps.execute(apps.planRollback(upgrade.id()), options);

    assertThat(audit.holds(SHOP)).singleElement().satisfies(hold -> {
      assertThat(hold.version()).contains(two);
      assertThat(hold.actor()).isEqualTo("anna");
      assertThat(hold.reason()).contains("rolled back", "it eats orders");
    });
    assertThat(apps.plan(SHOP, UpgradeRequest.to(two)).isExecutable()).isFalse();
  }

  @Test
  void rollbackOfBuilds_askedToHold_leavesNoVersionAndHoldsNone() {
    apps.install(SHOP, one);
    apps.upgrade(SHOP, two);
    PlanRequest back = RollbackRequest.builds(
            java.util.Map.of(new dev.switchback.model.ComponentKey("web"), "1"))
        .build();

    apps.execute(apps.plan(SHOP, back), ExecutionOptions.builder().holdVersion().build());

    assertThat(audit.holds(SHOP)).isEmpty();
  }

  @Test
  void release_ofWhatIsNotHeld_isRefused() {
    apps.install(SHOP, one);
    audit.hold(SHOP, "anna", "stocktaking");

    assertThatThrownBy(() -> audit.releaseVersion(SHOP, two, "ben", ""))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(two.toString());
    assertThat(audit.holds(SHOP)).hasSize(1);
  }

  @Test
  void hold_ofAnUnknownApp_isRefused() {
    assertThatThrownBy(() -> audit.hold(new AppId("shpo"), "anna", "stocktaking"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("there is no app shpo");
  }

  // Authorization.

  @Test
  void everyDecision_denied_changesNothing() {
    apps.install(SHOP, one);
    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));
    audit.hold(SHOP, "anna", "stocktaking");
    List<Authorizer.Action> asked = new ArrayList<>();
    try (Switchback closed = sites
        .builder("node-2", new Faults(FaultPlan.none()))
        .authorizer((actor, action, object) -> {
          asked.add(action);
          return Optional.of(Obstacle.of("denied", actor + " may not", ""));
        })
        .open()) {
      Audit denied = closed.audit();
      List<Runnable> decisions = List.of(
          () -> denied.hold(SHOP, "eve", "x"),
          () -> denied.release(SHOP, "eve", ""),
          () -> denied.approve(plan, "eve", ""),
          () -> denied.tick(SHOP, List.of("r/F1"), "eve", ""),
          () -> closed.retention().collect(RetentionPolicy.defaults(), "eve"));
      for (Runnable decision : decisions) {
        assertThatThrownBy(decision::run).hasMessageContaining("eve may not");
      }
    }
    assertThat(asked)
        .containsExactly(
            Authorizer.Action.HOLD,
            Authorizer.Action.RELEASE,
            Authorizer.Action.APPROVE,
            Authorizer.Action.TICK,
            Authorizer.Action.COLLECT);
    assertThat(audit.entries(SHOP, PageRequest.first(10)).items()).hasSize(1);
  }

  // The chains.

  @Test
  void append_byManyThreads_losesNoneAndStaysAChain() throws Exception {
    apps.install(SHOP, one);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String who = "person " + i;
        done.add(threads.submit(() -> audit.hold(SHOP, who, "together")));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(audit.holds(SHOP)).extracting(Hold::actor).hasSize(40).doesNotHaveDuplicates();
    ChainReport report = audit.verify(SHOP);
    assertThat(report.isIntact()).isTrue();
    assertThat(report.audit().length()).isEqualTo(40);
  }

  @Test
  void append_whoseAnswerIsLost_isWrittenOnce() {
    apps.install(SHOP, one);
    // Calls of a hold: find the app, list the entries, append.
    Faults faults = new Faults(FaultPlan.at(3, Fault.LOSE_ANSWER));
    try (Switchback unlucky = sites.open("node-2", faults)) {
      Hold hold = unlucky.audit().hold(SHOP, "anna", "stocktaking");

      assertThat(unlucky.audit().holds(SHOP)).containsExactly(hold);
    }
    assertThat(faults.calls().get(2)).contains("append");
  }

  @Test
  void verify_ofUntouchedChains_findsThemIntact() {
    apps.install(SHOP, one);
    apps.upgrade(SHOP, two);
    audit.hold(SHOP, "anna", "stocktaking");

    ChainReport report = audit.verify(SHOP);

    assertThat(report.isIntact()).isTrue();
    assertThat(report.records().length()).isEqualTo(2);
    assertThat(report.records().head()).isPresent();
    assertThat(audit.verify(new AppId("none")).records().head()).isEmpty();
  }

  @Test
  void chain_withARecordChangedRemovedOrPutIn_isBrokenAtTheNext() {
    apps.install(SHOP, one);
    apps.upgrade(SHOP, two);
    OperationRecord upgrade = records().get(1);
    apps.rollback(upgrade.id());
    List<OperationRecord> records = records();

    List<OperationRecord> changed = new ArrayList<>(records);
    changed.set(1, records.get(1).toBuilder().actor("somebody else").build());
    ChainReport.Break broken = Chains.records(changed).firstBreak().orElseThrow();
    assertThat(broken.link()).isEqualTo(records.get(2).id().value());
    assertThat(broken.position()).isEqualTo(3);
    assertThat(broken.found()).isEqualTo(digest(records.get(1)).toString());
    assertThat(broken.expected()).isEqualTo(digest(changed.get(1)).toString());

    List<OperationRecord> shorter = new ArrayList<>(records);
    shorter.remove(1);
    assertThat(Chains.records(shorter).firstBreak().orElseThrow().position()).isEqualTo(2);
    assertThat(Chains.records(records.subList(1, 3)).firstBreak().orElseThrow().expected())
        .isEqualTo("nothing");
    List<OperationRecord> longer = new ArrayList<>(records);
    longer.add(1, records.get(0));
    assertThat(Chains.records(longer).firstBreak().orElseThrow().position()).isEqualTo(2);
  }

  @Test
  void auditChain_withAnEntryChanged_isBrokenAtTheNext() {
    apps.install(SHOP, one);
    audit.hold(SHOP, "anna", "stocktaking");
    audit.release(SHOP, "anna", "done");
    List<AuditEntry> entries =
        new ArrayList<>(audit.entries(SHOP, PageRequest.first(10)).items());
    Collections.reverse(entries);
    AuditEntry first = entries.get(0);
    entries.set(
        0, new AuditEntry(SHOP, 1, Act.HOLD, "", "eve", first.note(), first.at(), first.before()));

    assertThat(Chains.audit(entries).firstBreak().orElseThrow().link()).isEqualTo("2");
  }

  private static Digest digest(OperationRecord record) {
    return dev.switchback.json.JsonFormats.operationRecord().digest(record);
  }

  private List<OperationRecord> records() {
    List<OperationRecord> records =
        new ArrayList<>(apps.records(SHOP, PageRequest.first(100)).items());
    Collections.reverse(records);
    return records;
  }

  private static ExecutionOptions by(String actor) {
    return ExecutionOptions.builder().actor(actor).build();
  }

  private OperationRecord execute(Plan plan, String actor) {
    return apps.execute(plan, by(actor));
  }

  private List<Obstacle> refusal(Plan plan, String actor) {
    try {
      execute(plan, actor);
    } catch (RefusedException e) {
      return e.obstacles();
    }
    throw new AssertionError("It was executed");
  }
}
