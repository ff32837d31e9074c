// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.DiffTable;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.plan.Decision;
import dev.switchback.plan.DriftRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanTable;
import dev.switchback.plan.Step;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.plan.Verdict;
import dev.switchback.plan.Warning;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DriftTest {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey API = new ComponentKey("api");
  private static final ComponentKey DB = new ComponentKey("db");
  private static final ComponentKey STRAY = new ComponentKey("stray");

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();

  @BeforeEach
  void install() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
  }

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void drift_ofAnAppThatRunsAsRecorded_isEmpty() {
    assertThat(apps.drift(SHOP).isEmpty()).isTrue();
    assertThat(apps.plan(SHOP, DriftRequest.adopt()).isEmpty()).isTrue();
    assertThat(apps.plan(SHOP, DriftRequest.correct()).isEmpty()).isTrue();
  }

  @Test
  void drift_afterAChangeThatIsOnlyRecorded_isEmpty() {
    Component web = state().spec().component(WEB).orElseThrow();
    AppSpec next = state().spec().toBuilder()
        .components(state()
            .spec()
            .components()
            .with(web.toBuilder().versionLabel("one point one").shareUuid("x+y").build()))
        .build();
    int before = sites.backend.changes().size();

    OperationRecord record = apps.upgrade(SHOP, sites.publish("1.1", next));

    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(sites.backend.changes()).hasSize(before);
    assertThat(apps.drift(SHOP).isEmpty()).isTrue();
    assertThat(apps.plan(SHOP, DriftRequest.adopt()).isEmpty()).isTrue();
    assertThat(apps.plan(SHOP, DriftRequest.correct()).isEmpty()).isTrue();
  }

  @Test
  void drift_namesEachPropertyAndMasksSecrets() {
    drift();

    Drift drift = apps.drift(SHOP);

    assertThat(drift.byComponent().keySet()).containsExactly(API, DB, STRAY, WEB);
    assertThat(drift.byComponent().get(WEB))
        .extracting(Change::item)
        .containsExactlyInAnyOrder("", "PASSWORD");
    assertThat(drift.byComponent().get(API))
        .extracting(Change::type)
        .containsExactly(ChangeType.REMOVED);
    assertThat(drift.byComponent().get(STRAY))
        .extracting(Change::type)
        .containsExactly(ChangeType.ADDED);
    String shown = DiffTable.text(drift.diff());
    assertThat(shown).contains("web:patched", "PASSWORD").doesNotContain("leaked");
  }

  @Test
  void adopt_recordsWhatRunsAndAsksTheBackendForNothing() {
    drift();
    int before = sites.backend.changes().size();

    OperationRecord record = end(DriftRequest.adopt());

    assertThat(record.kind()).isEqualTo(OperationKind.EDIT);
    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.resultGeneration()).isEqualTo(2);
    assertThat(sites.backend.changes()).hasSize(before);
    assertThat(apps.drift(SHOP).isEmpty()).isTrue();
    AppSpec spec = state().spec();
    assertThat(spec.component(API)).isEmpty();
    assertThat(spec.component(STRAY)).isPresent();
    assertThat(spec.component(WEB).orElseThrow().image()).isEqualTo(Image.of("web:patched"));
    assertThat(state().base().component(API)).isPresent();
    assertThat(apps.rollback(record.id()).status()).isEqualTo(RecordStatus.ROLLED_BACK);
  }

  @Test
  void correct_bringsBackExactlyWhatDriftedAndShowsTheRest() {
    drift();
    AppState recorded = state();
    Plan plan = apps.plan(SHOP, DriftRequest.correct());
    assertThat(plan.steps())
        .extracting(Step::component, Step::action)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(API, StepAction.CREATE),
            org.assertj.core.groups.Tuple.tuple(DB, StepAction.UPDATE),
            org.assertj.core.groups.Tuple.tuple(WEB, StepAction.BUILD));
    assertThat(plan.decisions(Verdict.KEEP)).extracting(Decision::component).containsExactly(STRAY);
    assertThat(plan.followUps()).hasSize(1);
    assertThat(plan.followUps().get(0).instruction()).contains("stray");

    OperationRecord record = apps.execute(plan, ExecutionOptions.defaults());

    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.results())
        .extracting(ComponentResult::component)
        .containsExactlyInAnyOrder(API, DB, WEB);
    assertThat(apps.drift(SHOP).byComponent().keySet()).containsExactly(STRAY);
    assertThat(state().spec()).isEqualTo(recorded.spec());
    assertThat(state().generation()).isEqualTo(2);
  }

  @Test
  void correctAndRemove_removesWhatIsNotRecorded() {
    drift();

    OperationRecord record = end(new DriftRequest(DriftRequest.Way.CORRECT_AND_REMOVE));

    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(apps.drift(SHOP).isEmpty()).isTrue();
    assertThat(sites.backend.serving(SHOP, STRAY)).isEmpty();
  }

  @Test
  void correct_thatFails_leavesTheComponentUnsettled() {
    sites.backend.vanish(SHOP, WEB);
    sites.backend.neverHealthy(WEB);

    OperationRecord record = end(DriftRequest.correct());

    assertThat(record.status()).isNotEqualTo(RecordStatus.SUCCEEDED);
    assertThat(state().unsettled()).containsExactly(WEB);
  }

  @Test
  void plan_ofAnythingElse_warnsOfDriftByComponent() {
    drift();

    Plan plan = apps.plan(SHOP, UpgradeRequest.to(sites.publish("2.0", Sites.shop("2"))));

    assertThat(plan.warnings())
        .filteredOn(warning -> warning.code().equals("drifted"))
        .extracting(Warning::place)
        .containsExactly("api", "db", "stray", "web");
    assertThat(PlanTable.text(plan)).contains("It is recorded and does not run");
    assertThat(
            JsonFormats.plan().digest(JsonFormats.plan().read(JsonFormats.plan().write(plan))))
        .isEqualTo(JsonFormats.plan().digest(plan));
  }

  @Test
  void execute_whenDriftCameOrWent_isNotRefusedForThat() {
    VersionRef two = sites.publish("2.0", Sites.shop("2"));
    Plan calm = apps.plan(SHOP, UpgradeRequest.to(two));
    sites.backend.tamper(
        SHOP, DB, component -> component.toBuilder().memoryMb(7).build());
    Plan warned = apps.plan(SHOP, UpgradeRequest.to(two));
    assertThat(warned.warnings()).hasSize(calm.warnings().size() + 1);

    OperationRecord record = apps.execute(calm, ExecutionOptions.defaults());

    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.plan()).contains(JsonFormats.plan().digest(calm));
  }

  @Test
  void execute_ofADriftPlanWhenDriftIsAnother_isRefused() {
    sites.backend.tamper(
        SHOP, DB, component -> component.toBuilder().memoryMb(7).build());
    Plan plan = apps.plan(SHOP, DriftRequest.adopt());
    sites.backend.tamper(
        SHOP, DB, component -> component.toBuilder().memoryMb(8).build());

    assertThatThrownBy(() -> apps.execute(plan, ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("planned now, but not then");
  }

  @Test
  void execute_ofADriftPlanWhenASecretDriftedAgain_isRefused() {
    tamperPassword("leaked");
    Plan plan = apps.plan(SHOP, DriftRequest.adopt());
    tamperPassword("leaked again");

    assertThatThrownBy(() -> apps.execute(plan, ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("runs as another");
  }

  private void tamperPassword(String value) {
    sites.backend.tamper(
        SHOP,
        WEB,
        component -> component.toBuilder()
            .env(component.env().with(Sites.env("PASSWORD", value)))
            .build());
  }

  @Test
  void backendThatCannotTell_isSaid() {
    try (Switchback blind = blind()) {
      assertThatThrownBy(() -> blind.apps().drift(SHOP))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("cannot tell what really runs");
      Plan adopt = blind.apps().plan(SHOP, DriftRequest.adopt());
      assertThat(adopt.obstacles()).extracting("code").containsExactly("drift-unknown");
      assertThat(blind.apps().plan(SHOP, upgrade()).warnings()).isEmpty();
    }
  }

  @Test
  void backendThatFailsToTell_isAWarningOfOtherPlans() {
    UpgradeRequest upgrade = upgrade();
    sites.backend.unreachable(1);

    Plan plan = apps.plan(SHOP, upgrade);

    assertThat(plan.warnings()).extracting(Warning::code).containsExactly("drift-unknown");
    assertThat(plan.isExecutable()).isTrue();
    sites.backend.failCall(sites.backend.calls().size() + 1, Reason.UNREACHABLE);
    assertThatThrownBy(() -> apps.drift(SHOP)).hasMessageContaining("inspect");
  }

  private UpgradeRequest upgrade() {
    return UpgradeRequest.to(sites.publish("2.0", Sites.shop("2")));
  }

  /** Opens the site over a backend that has no inspector. */
  private Switchback blind() {
    DeploymentBackend seeing = sites.backend;
    DeploymentBackend blind = (DeploymentBackend) Proxy.newProxyInstance(
        DeploymentBackend.class.getClassLoader(),
        new Class<?>[] {DeploymentBackend.class},
        (proxy, method, arguments) -> {
          try {
            return method.getName().equals("inspector")
                ? Optional.empty()
                : method.invoke(seeing, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
    return sites.builder("blind", new Faults(FaultPlan.none())).backend(blind).open();
  }

  /** web runs another image and secret, db has other memory, api is gone, stray is not recorded. */
  private void drift() {
    sites.backend.tamper(
        SHOP,
        WEB,
        component -> component.toBuilder()
            .image(Image.of("web:patched"))
            .env(component.env().with(Sites.env("PASSWORD", "leaked")))
            .build());
    sites.backend.tamper(
        SHOP, DB, component -> component.toBuilder().memoryMb(7).build());
    sites.backend.vanish(SHOP, API);
    Component stray = Component.builder("stray").image(Image.of("stray:1")).build();
    AppSpec with = AppSpec.builder().components(Keyed.of(stray)).build();
    sites.backend.apply(
        new StepId("by-hand"),
        new ComponentTarget(new AppTarget(SHOP, 1, with), STRAY, StepAction.CREATE));
    sites.backend.observe(SHOP);
  }

  private OperationRecord end(DriftRequest request) {
    return apps.execute(apps.plan(SHOP, request), ExecutionOptions.defaults());
  }

  private AppState state() {
    return apps.find(SHOP).orElseThrow();
  }
}
