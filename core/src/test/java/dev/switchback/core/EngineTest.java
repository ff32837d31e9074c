// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.LeaseHeldException;
import dev.switchback.storage.PageRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EngineTest {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey API = new ComponentKey("api");
  private static final ComponentKey DB = new ComponentKey("db");

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void install_runsEveryComponentProvidersFirst() {
    OperationRecord record = apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));

    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.results())
        .extracting(ComponentResult::component)
        .containsExactly(DB, API, WEB);
    assertThat(record.results()).extracting(ComponentResult::outcome).containsOnly(Outcome.DONE);
    assertThat(running("web")).contains("web:1");
    assertThat(apps.find(SHOP).orElseThrow().generation()).isEqualTo(1);
    assertThat(sites.storage.leases().find(SHOP)).isEmpty();
  }

  @Test
  void install_fillsGeneratedSecretsOncePerGroup() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));

    AppState state = apps.find(SHOP).orElseThrow();
    Setting drawn = password(state.spec(), "web");
    assertThat(drawn.isSecret()).isTrue();
    assertThat(drawn.reveal()).matches("[0-9a-f]{24}");
    assertThat(password(state.spec(), "db")).isEqualTo(drawn);
    assertThat(password(state.base(), "db")).isEqualTo(drawn);
    assertThat(state.generated()).containsEntry("shop", drawn);
  }

  @Test
  void upgrade_thenRollback_bringsTheStateBack() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    AppState before = apps.find(SHOP).orElseThrow();

    OperationRecord upgrade = apps.upgrade(SHOP, sites.publish("2.0", Sites.shop("2")));
    assertThat(upgrade.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(running("api")).contains("api:2");

    OperationRecord rollback = apps.rollback(upgrade.id());
    AppState after = apps.find(SHOP).orElseThrow();
    assertThat(rollback.status()).isEqualTo(RecordStatus.ROLLED_BACK);
    assertThat(rollback.parent()).contains(upgrade.id());
    assertThat(running("api")).contains("api:1");
    assertThat(after.spec()).isEqualTo(before.spec());
    assertThat(after.version()).isEqualTo(before.version());
    assertThat(after.generation()).isEqualTo(3);
  }

  @Test
  void upgrade_whoseComponentIsNeverHealthy_stopsAndSaysSo() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    sites.backend.neverHealthy(API);

    OperationRecord record = apps.upgrade(SHOP, sites.publish("2.0", Sites.shop("2")));

    assertThat(record.status()).isEqualTo(RecordStatus.PARTLY_SUCCEEDED);
    assertThat(record.results())
        .extracting(ComponentResult::outcome)
        .containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.PENDING);
    AppState state = apps.find(SHOP).orElseThrow();
    assertThat(state.version()).isEqualTo(VersionRef.parse("shop@1.0"));
    assertThat(state.unsettled()).containsExactly(API);
    assertThat(image(state, "db")).isEqualTo("db:2");
    assertThat(image(state, "api")).isEqualTo("api:1");
    assertThat(image(state, "web")).isEqualTo("web:1");
  }

  @Test
  void upgrade_thatFailedPartly_canBeRolledBack() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    AppSpec before = apps.find(SHOP).orElseThrow().spec();
    sites.backend.neverHealthy(API);
    OperationRecord failed = apps.upgrade(SHOP, sites.publish("2.0", Sites.shop("2")));
    sites.backend.heal();

    OperationRecord rollback = apps.rollback(failed.id());

    assertThat(rollback.status()).isEqualTo(RecordStatus.ROLLED_BACK);
    AppState state = apps.find(SHOP).orElseThrow();
    assertThat(state.spec()).isEqualTo(before);
    assertThat(state.unsettled()).isEmpty();
    assertThat(running("api")).contains("api:1");
    assertThat(running("db")).contains("db:1");
  }

  @Test
  void upgrade_thatFailed_onRequestIsUndoneByItself() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    AppState before = apps.find(SHOP).orElseThrow();
    sites.backend.neverHealthyImage("api:2");
    VersionRef two = sites.publish("2.0", Sites.shop("2"));

    OperationRecord record = apps.execute(
        apps.plan(SHOP, UpgradeRequest.builder(two).build()),
        ExecutionOptions.builder().onFailure(OnFailure.ROLL_BACK).build());

    assertThat(record.status()).isEqualTo(RecordStatus.UNDONE);
    assertThat(record.message()).contains("api");
    assertThat(apps.find(SHOP)).contains(before);
    assertThat(running("db")).contains("db:1");
    assertThat(running("api")).contains("api:1");
  }

  @Test
  void upgrade_thatCouldNotBeUndoneWhole_recordsWhatWasTakenBackAsBefore() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    AppSpec before = apps.find(SHOP).orElseThrow().spec();
    sites.backend.neverHealthy(API);
    AppSpec shop = Sites.shop("2");
    VersionRef two = sites.publish(
        "2.0",
        shop.toBuilder()
            .components(shop.components().with(Sites.component("cache", "2")))
            .build());

    OperationRecord record = apps.execute(
        apps.plan(SHOP, UpgradeRequest.builder(two).build()),
        ExecutionOptions.builder().onFailure(OnFailure.ROLL_BACK).build());

    assertThat(record.status()).isEqualTo(RecordStatus.FAILED);
    AppState state = apps.find(SHOP).orElseThrow();
    assertThat(state.spec()).isEqualTo(before);
    assertThat(state.unsettled()).containsExactly(API);
  }

  @Test
  void rollback_thatFailed_canBeTriedAgain() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    AppSpec before = apps.find(SHOP).orElseThrow().spec();
    OperationRecord upgrade = apps.upgrade(SHOP, sites.publish("2.0", Sites.shop("2")));
    sites.backend.neverHealthy(API);
    OperationRecord failed = apps.rollback(upgrade.id());
    sites.backend.heal();

    OperationRecord again = apps.rollback(upgrade.id());

    assertThat(failed.status()).isEqualTo(RecordStatus.PARTLY_ROLLED_BACK);
    assertThat(again.status()).isEqualTo(RecordStatus.ROLLED_BACK);
    assertThat(apps.find(SHOP).orElseThrow().spec()).isEqualTo(before);
  }

  @Test
  void rollbacks_oneAfterTheOther_goAllTheWayBack() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    AppSpec before = apps.find(SHOP).orElseThrow().spec();
    OperationRecord first = apps.upgrade(SHOP, sites.publish("2.0", Sites.shop("2")));
    OperationRecord second = apps.upgrade(SHOP, sites.publish("3.0", Sites.shop("3")));

    apps.rollback(second.id());
    apps.rollback(first.id());

    assertThat(apps.find(SHOP).orElseThrow().spec()).isEqualTo(before);
  }

  @Test
  void install_thatFailed_undoneRemovesOnlyWhatItCreated() {
    sites.backend.neverHealthyImage("web:1");
    VersionRef one = sites.publish("1.0", Sites.shop("1"));

    OperationRecord record = apps.execute(
        apps.plan(SHOP, new dev.switchback.plan.InstallRequest(one)),
        ExecutionOptions.builder().onFailure(OnFailure.ROLL_BACK).build());

    assertThat(record.status()).isEqualTo(RecordStatus.UNDONE);
    assertThat(apps.find(SHOP)).isEmpty();
    assertThat(sites.backend.observe(SHOP)).isEmpty();
  }

  @Test
  void upgrade_thatTheBackendRefusesAtOnce_changesNothing() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    AppState before = apps.find(SHOP).orElseThrow();
    sites.backend.failOn(DB, Reason.REFUSED);

    OperationRecord record = apps.upgrade(SHOP, sites.publish("2.0", Sites.shop("2")));

    assertThat(record.status()).isEqualTo(RecordStatus.DEPLOY_FAILED);
    assertThat(record.resultGeneration()).isZero();
    assertThat(apps.find(SHOP)).contains(before);
  }

  @Test
  void upgrade_continuing_passesOverWhatNeedsTheFailedOne() {
    AppSpec one = withExtra(Sites.shop("1"), "batch", "1");
    apps.install(SHOP, sites.publish("1.0", one));
    sites.backend.neverHealthy(DB);
    VersionRef two = sites.publish("2.0", withExtra(Sites.shop("2"), "batch", "2"));

    OperationRecord record = apps.execute(
        apps.plan(SHOP, UpgradeRequest.builder(two).build()),
        ExecutionOptions.builder().onFailure(OnFailure.CONTINUE).build());

    assertThat(record.status()).isEqualTo(RecordStatus.PARTLY_SUCCEEDED);
    assertThat(running("batch")).contains("batch:2");
    assertThat(running("api")).contains("api:1");
    assertThat(running("web")).contains("web:1");
  }

  @Test
  void plan_forAVersionThatIsNotThere_saysWhatElseStandsInTheWay() {
    VersionRef one = sites.publish("1.0", Sites.shop("1"));
    VersionRef nine = VersionRef.parse("shop@9.0");

    assertThat(apps.plan(SHOP, UpgradeRequest.to(nine)).obstacles())
        .extracting(Obstacle::code)
        .containsExactly("version-unknown", "not-installed");

    apps.install(SHOP, one);
    assertThat(apps.plan(SHOP, new InstallRequest(nine)).obstacles())
        .extracting(Obstacle::code)
        .containsExactly("already-installed", "version-unknown");
    assertThatThrownBy(() -> apps.upgrade(SHOP, nine))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.obstacles())
                .extracting(Obstacle::code)
                .containsExactly("version-unknown"));
  }

  @Test
  void execute_ofAStalePlan_isRefusedWithTheDifference() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    VersionRef two = sites.publish("2.0", Sites.shop("2"));
    Plan plan = apps.plan(SHOP, UpgradeRequest.builder(two).build());
    apps.upgrade(SHOP, two);

    assertThatThrownBy(() -> apps.execute(plan, ExecutionOptions.defaults()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal ->
                assertThat(refusal.obstacles()).extracting(Obstacle::code).contains("plan-stale"));
  }

  @Test
  void execute_ofAnExpiredPlan_isRefused() {
    VersionRef one = sites.publish("1.0", Sites.shop("1"));
    Plan plan = apps.plan(SHOP, new dev.switchback.plan.InstallRequest(one));
    sites.clock.advance(Duration.ofDays(8));

    assertThatThrownBy(() -> apps.execute(plan, ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("plan again");
    assertThat(apps.records(SHOP, PageRequest.first(10)).items()).isEmpty();
  }

  @Test
  void execute_whileAnotherNodeIsAtIt_isToldWhoAndSinceWhen() {
    VersionRef one = sites.publish("1.0", Sites.shop("1"));
    sites.storage.leases().acquire(SHOP, "node-2", Duration.ofMinutes(1));

    assertThatThrownBy(() -> apps.install(SHOP, one))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageContainingAll("node-2", "2026-11-21T10:00:00Z");
  }

  @Test
  void execute_withoutPermission_changesNothing() {
    VersionRef one = sites.publish("1.0", Sites.shop("1"));
    try (Switchback guarded = Switchback.builder()
        .storage(sites.storage)
        .blobs(sites.blobs)
        .backend(sites.backend)
        .authorizer((actor, action, object) ->
            Optional.of(Obstacle.of("denied", actor + " may not " + action, "ask")))
        .open()) {
      Plan plan = guarded.apps().plan(SHOP, new dev.switchback.plan.InstallRequest(one));

      assertThatThrownBy(() -> guarded.apps().execute(plan, ExecutionOptions.defaults()))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("may not INSTALL");
    }
    assertThat(apps.find(SHOP)).isEmpty();
    assertThat(sites.backend.changes()).isEmpty();
  }

  @Test
  void upgrade_whoseBackendBreaks_endsAndSaysSo() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    VersionRef two = sites.publish("2.0", Sites.shop("2"));
    DeploymentBackend broken = (DeploymentBackend) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {DeploymentBackend.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("apply")) {
            throw new IllegalStateException("a bug in the backend");
          }
          return method.invoke(sites.backend, arguments);
        });
    OperationRecord record;
    try (Switchback site = Switchback.builder()
        .storage(sites.storage)
        .blobs(sites.blobs)
        .backend(broken)
        .clock(sites.clock)
        .pause(sites.clock::advance)
        .open()) {
      record = site.apps().upgrade(SHOP, two);
    }

    assertThat(record.status()).isEqualTo(RecordStatus.FAILED);
    assertThat(apps.find(SHOP).orElseThrow().unsettled()).containsExactly(DB);
    assertThat(apps.upgrade(SHOP, two).status()).isEqualTo(RecordStatus.SUCCEEDED);
  }

  @Test
  void execute_ofAnEmptyPlan_leavesTheStateAndSaysSo() {
    VersionRef one = sites.publish("1.0", Sites.shop("1"));
    apps.install(SHOP, one);
    AppState before = apps.find(SHOP).orElseThrow();

    OperationRecord record = apps.upgrade(SHOP, one);

    assertThat(record.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(record.results()).isEmpty();
    assertThat(record.resultGeneration()).isZero();
    assertThat(apps.find(SHOP)).contains(before);
  }

  @Test
  void events_comeInOrder() {
    VersionRef one = sites.publish("1.0", Sites.shop("1"));
    List<String> events = new ArrayList<>();

    apps.execute(
        apps.plan(SHOP, new dev.switchback.plan.InstallRequest(one)),
        ExecutionOptions.builder()
            .listener(event -> events.add(event.kind() + " " + event.component()))
            .build());

    assertThat(events)
        .containsExactly(
            "STARTED null",
            "STEP_STARTED db",
            "STEP_DONE db",
            "STEP_STARTED api",
            "STEP_DONE api",
            "STEP_STARTED web",
            "STEP_DONE web",
            "FINISHED null");
  }

  @Test
  void records_areChained() {
    OperationRecord first = apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    OperationRecord second = apps.upgrade(SHOP, sites.publish("2.0", Sites.shop("2")));

    assertThat(first.previous()).isEmpty();
    assertThat(second.previous())
        .contains(dev.switchback.json.JsonFormats.operationRecord().digest(first));
  }

  @Test
  void builds_areListedLatestFirstAndNotRepeatedByARollback() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    OperationRecord upgrade = apps.upgrade(SHOP, sites.publish("2.0", Sites.shop("2")));
    apps.rollback(upgrade.id());

    assertThat(apps.builds(SHOP, WEB, PageRequest.first(10)).items())
        .extracting(Build::version, build -> build.image().reference())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("2", "web:2"),
            org.assertj.core.groups.Tuple.tuple("1", "web:1"));
  }

  private Optional<String> running(String key) {
    return sites.running(key);
  }

  private static String image(AppState state, String key) {
    return state.spec().component(new ComponentKey(key)).orElseThrow().image().reference();
  }

  private static Setting password(AppSpec spec, String key) {
    Component component = spec.component(new ComponentKey(key)).orElseThrow();
    return component.env().find("PASSWORD").orElseThrow().value();
  }

  private static AppSpec withExtra(AppSpec spec, String key, String version) {
    List<Component> components = new ArrayList<>(spec.components().asList());
    components.add(Sites.component(key, version));
    return spec.toBuilder().components(Keyed.copyOf(components)).build();
  }
}
