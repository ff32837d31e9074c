// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.deploy.Observation;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.plan.UpgradeRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What can be done about an operation that failed, whatever it came to. */
final class AfterFailureTest {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey API = new ComponentKey("api");
  private static final ComponentKey DB = new ComponentKey("db");
  private static final ComponentKey CACHE = new ComponentKey("cache");
  private static final ExecutionOptions CONTINUING =
      ExecutionOptions.builder().onFailure(OnFailure.CONTINUE).build();

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final VersionRef one = sites.publish("1.0", Sites.shop("1"));

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void rollback_ofAPartlyFailedUpgrade_bringsEverythingBack() {
    AppSpec before = install();
    sites.backend.neverHealthyImage("api:2");
    OperationRecord failed = upgrade(Sites.shop("2"), CONTINUING);

    OperationRecord rollback = apps.rollback(failed.id());

    assertThat(failed.status()).isEqualTo(RecordStatus.PARTLY_SUCCEEDED);
    assertThat(rollback.status()).isEqualTo(RecordStatus.ROLLED_BACK);
    assertThat(rollback.parent()).contains(failed.id());
    assertIs(before);
  }

  @Test
  void rollback_ofAnUpgradeWhoseEveryComponentFailed_bringsEverythingBack() {
    AppSpec before = install(independent("1"));
    sites.backend.neverHealthyImage(":2");
    OperationRecord failed = upgrade(independent("2"), CONTINUING);

    OperationRecord rollback = apps.rollback(failed.id());

    assertThat(failed.status()).isEqualTo(RecordStatus.FAILED);
    assertThat(failed.results()).extracting(ComponentResult::outcome).containsOnly(Outcome.FAILED);
    assertThat(rollback.status()).isEqualTo(RecordStatus.ROLLED_BACK);
    assertIs(before);
  }

  @Test
  void rollback_ofAFailedUpgradeThatOnlyAddedComponents_removesThemOnRequest() {
    AppSpec before = install();
    sites.backend.neverHealthy(CACHE);
    OperationRecord failed = upgrade(withCache(Sites.shop("1")), ExecutionOptions.defaults());
    AppState after = apps.find(SHOP).orElseThrow();

    OperationRecord rollback = apps.execute(
        apps.plan(SHOP, apps.beforeRecord(failed.id()).removeAdded(true).build()),
        ExecutionOptions.defaults());

    assertThat(failed.status()).isEqualTo(RecordStatus.FAILED);
    assertThat(after.version()).as("a failed upgrade does not show").isEqualTo(one);
    assertThat(after.unsettled()).containsExactly(CACHE);
    assertThat(rollback.status()).isEqualTo(RecordStatus.ROLLED_BACK);
    assertIs(before);
  }

  @Test
  void rollback_ofAnUpgradeWhoseComponentWasDeletedMeanwhile_bringsItBack() {
    AppSpec before = install();
    OperationRecord upgrade = upgrade(Sites.shop("2"), ExecutionOptions.defaults());
    sites.backend.vanish(SHOP, API);

    assertThat(apps.rollback(upgrade.id()).status()).isEqualTo(RecordStatus.ROLLED_BACK);
    assertIs(before);
  }

  @Test
  void upgrade_thatRemovesAComponentDeletedMeanwhile_isNotHeldUp() {
    install(withCache(Sites.shop("1")));
    sites.backend.vanish(SHOP, CACHE);
    VersionRef two = sites.publish("2.0", Sites.shop("1"));

    OperationRecord record = apps.execute(
        apps.plan(
            SHOP,
            UpgradeRequest.builder(two)
                .policy(dev.switchback.plan.Policy.exact())
                .build()),
        ExecutionOptions.defaults());

    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.results())
        .extracting(ComponentResult::action)
        .containsExactly(StepAction.REMOVE);
  }

  @Test
  void undo_whileAComponentIsDeletedBehindTheBack_isNotHeldUp() {
    AppSpec before = install();
    sites.backend.neverHealthyImage("web:2");
    VersionRef two = sites.publish("2.0", Sites.shop("2"));

    OperationRecord record = apps.execute(
        apps.plan(SHOP, UpgradeRequest.to(two)),
        ExecutionOptions.builder()
            .onFailure(OnFailure.ROLL_BACK)
            .listener(event -> {
              if (event.kind() == ProgressEvent.Kind.STEP_FAILED) {
                sites.backend.vanish(SHOP, DB);
              }
            })
            .build());

    assertThat(record.status()).isEqualTo(RecordStatus.UNDONE);
    assertIs(before);
  }

  @Test
  void retry_redeploysExactlyWhatFailedAndWhatWasNotBegun() {
    install();
    sites.backend.neverHealthyImage("api:2");
    OperationRecord failed = upgrade(Sites.shop("2"), ExecutionOptions.defaults());
    sites.backend.heal();
    int changes = sites.backend.changes().size();

    OperationRecord retry = apps.retry(failed.id(), ExecutionOptions.defaults());

    assertThat(retry.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(retry.parent()).contains(failed.id());
    assertThat(sites.backend.changes().subList(changes, sites.backend.changes().size()))
        .extracting(call -> call.component())
        .containsExactly(API, WEB);
    assertThat(apps.find(SHOP).orElseThrow().version().version().text()).isEqualTo("2.0");
    assertThat(sites.running("web")).contains("web:2");
  }

  @Test
  void retry_ofAnInstallThatCameToSomething_completesIt() {
    sites.backend.neverHealthy(API);
    OperationRecord failed = apps.install(SHOP, one);
    sites.backend.heal();

    OperationRecord retry = apps.retry(failed.id(), ExecutionOptions.defaults());

    assertThat(failed.status()).isEqualTo(RecordStatus.PARTLY_SUCCEEDED);
    assertThat(retry.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(retry.results()).extracting(ComponentResult::component).containsExactly(API, WEB);
    assertThat(apps.find(SHOP).orElseThrow().unsettled()).isEmpty();
  }

  @Test
  void retry_ofAnInstallThatCameToNothing_installs() {
    sites.backend.failOn(DB, Reason.REFUSED);
    OperationRecord failed = apps.install(SHOP, one);
    sites.backend.heal();

    assertThat(failed.status()).isEqualTo(RecordStatus.DEPLOY_FAILED);
    assertThat(apps.retry(failed.id(), ExecutionOptions.defaults()).status())
        .isEqualTo(RecordStatus.SUCCEEDED);
  }

  @Test
  void retry_ofWhatDidEverything_isRefused() {
    OperationRecord done = apps.install(SHOP, one);

    assertThatThrownBy(() -> apps.planRetry(done.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("did everything");
  }

  @Test
  void evidence_isKeptBeforeAnythingIsTakenBack() {
    install();
    sites.backend.neverHealthyImage("api:2");
    VersionRef two = sites.publish("2.0", Sites.shop("2"));

    OperationRecord record = apps.execute(
        apps.plan(SHOP, UpgradeRequest.to(two)),
        ExecutionOptions.builder().onFailure(OnFailure.ROLL_BACK).build());

    ComponentResult api = record.results().get(1);
    assertThat(record.status()).isEqualTo(RecordStatus.UNDONE);
    assertThat(api.outcome()).isEqualTo(Outcome.UNDONE);
    assertThat(api.evidence()).anySatisfy(text -> assertThat(text).startsWith("crash-loop: "));
    assertThat(api.evidence()).anySatisfy(text -> assertThat(text).contains("looks"));
    assertThat(api.startedAt()).isNotNull();
    assertThat(api.endedAt()).isNotNull();
    assertThat(sites.storage.journals().read(record.id()))
        .anySatisfy(entry -> assertThat(entry.evidence()).isEqualTo(api.evidence()));
  }

  @Test
  void undo_ofACreationThatWasRefused_removesNothing() {
    install();
    sites.backend.failOn(CACHE, Reason.NAME_TAKEN);
    VersionRef two = sites.publish("2.0", withCache(Sites.shop("1")));

    OperationRecord record = apps.execute(
        apps.plan(SHOP, UpgradeRequest.to(two)),
        ExecutionOptions.builder().onFailure(OnFailure.ROLL_BACK).build());

    assertThat(record.status()).isEqualTo(RecordStatus.DEPLOY_FAILED);
    assertThat(sites.backend.calls())
        .noneMatch(call -> CACHE.equals(call.component())
            && call.method() == dev.switchback.testkit.simulation.SimulatedCall.Method.REMOVE);
  }

  private AppSpec install() {
    return install(Sites.shop("1"));
  }

  private AppSpec install(AppSpec spec) {
    apps.install(SHOP, spec.equals(Sites.shop("1")) ? one : sites.publish("1.1", spec));
    return apps.find(SHOP).orElseThrow().spec();
  }

  private OperationRecord upgrade(AppSpec spec, ExecutionOptions options) {
    return apps.execute(apps.plan(SHOP, UpgradeRequest.to(sites.publish("2.0", spec))), options);
  }

  /** Recorded and running are both as they were. */
  private void assertIs(AppSpec before) {
    AppState state = apps.find(SHOP).orElseThrow();
    assertThat(state.spec()).isEqualTo(before);
    assertThat(state.unsettled()).isEmpty();
    assertThat(sites.backend.observe(SHOP))
        .extracting(Observation::component)
        .containsExactlyElementsOf(
            before.components().stream().map(Component::id).toList());
    for (Component component : before.components()) {
      assertThat(sites.backend.serving(SHOP, component.id())).contains(component);
    }
  }

  private static AppSpec independent(String version) {
    return AppSpec.builder()
        .components(Keyed.of(Sites.component("a", version), Sites.component("b", version)))
        .build();
  }

  private static AppSpec withCache(AppSpec spec) {
    List<Component> components = new ArrayList<>(spec.components().asList());
    components.add(Sites.component("cache", "1"));
    return spec.toBuilder().components(Keyed.copyOf(components)).build();
  }
}
