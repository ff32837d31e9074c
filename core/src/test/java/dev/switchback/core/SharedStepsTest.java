// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.plan.Policy;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.Commit;
import dev.switchback.storage.StoredOperation;
import dev.switchback.testkit.simulation.SimulatedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When what components share comes and goes, as they change. */
final class SharedStepsTest {

  private static final ConfigItem OLD = item("OLD");
  private static final ConfigItem NEW = item("NEW");
  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey API = new ComponentKey("api");
  private static final ComponentKey DB = new ComponentKey("db");

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private VersionRef two = VersionRef.parse("shop@2.0");

  @BeforeEach
  void install() {
    apps.install(SHOP, sites.publish("1.0", sharing("1", OLD)));
    two = sites.publish("2.0", sharing("2", NEW));
  }

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void upgrade_takesNothingAwayBeforeEveryComponentHasChanged() {
    List<List<ConfigItem>> shared = new ArrayList<>();

    OperationRecord record = upgrade(ExecutionOptions.builder().listener(event -> {
      if (event.kind() == ProgressEvent.Kind.STEP_DONE) {
        shared.add(shared());
      }
    }));

    assertThat(record.results())
        .extracting(ComponentResult::action)
        .containsExactly(
            StepAction.SHARED,
            StepAction.BUILD,
            StepAction.BUILD,
            StepAction.BUILD,
            StepAction.UNSHARE);
    List<ConfigItem> both = List.of(NEW, OLD);
    assertThat(shared).containsExactly(both, both, both, both, List.of(NEW));
    assertRecordedIsReal();
  }

  @Test
  void upgrade_thatStops_leavesWhatComponentsMayStillUse() {
    sites.backend.neverHealthyImage("api:2");

    OperationRecord record = upgrade(ExecutionOptions.builder());

    assertThat(record.status()).isEqualTo(RecordStatus.PARTLY_SUCCEEDED);
    assertThat(shared()).containsExactly(NEW, OLD);
    assertRecordedIsReal();
  }

  @Test
  void upgrade_thatContinuesAfterAFailure_leavesWhatComponentsMayStillUse() {
    sites.backend.neverHealthyImage("api:2");

    OperationRecord record = upgrade(ExecutionOptions.builder().onFailure(OnFailure.CONTINUE));

    assertThat(record.results().get(4).outcome()).isEqualTo(Outcome.PENDING);
    assertThat(shared()).containsExactly(NEW, OLD);
    assertRecordedIsReal();
  }

  @Test
  void retry_ofAnUpgradeThatStopped_takesAwayTheRest() {
    sites.backend.neverHealthyImage("api:2");
    OperationRecord failed = upgrade(ExecutionOptions.builder());
    sites.backend.heal();

    OperationRecord retry = apps.retry(failed.id(), ExecutionOptions.defaults());

    assertThat(retry.results())
        .extracting(ComponentResult::action)
        .containsExactly(StepAction.BUILD, StepAction.BUILD, StepAction.UNSHARE);
    assertThat(shared()).containsExactly(NEW);
    assertRecordedIsReal();
    assertThat(state().base().configItems().asList()).containsExactly(NEW);
  }

  @Test
  void undo_bringsBackWhatWasSharedBeforeAnyComponent() {
    List<List<ConfigItem>> shared = new ArrayList<>();
    sites.backend.onChange(state -> {
      shared.add(shared());
      if (shared().equals(List.of(NEW))) {
        throw new IllegalStateException("the connection broke");
      }
    });

    OperationRecord record = upgrade(ExecutionOptions.builder().onFailure(OnFailure.ROLL_BACK));

    assertThat(record.status()).isEqualTo(RecordStatus.UNDONE);
    assertThat(shared.stream().distinct())
        .containsExactly(List.of(NEW, OLD), List.of(NEW), List.of(OLD));
    List<SimulatedCall> changes = sites.backend.changes();
    assertThat(changes.subList(changes.size() - 5, changes.size()))
        .extracting(SimulatedCall::component)
        .containsExactly(null, WEB, API, DB, null);
    assertThat(shared()).containsExactly(OLD);
    assertRecordedIsReal();
  }

  @Test
  void operationBegunWithOneSharedStep_goesOnWithIt() {
    AppState before = state();
    RecordId id = new RecordId("earlier");
    AppSpec wanted = before.spec().toBuilder().configItems(Keyed.of(NEW)).build();
    OperationRecord record = OperationRecord.builder(id, SHOP, OperationKind.UPGRADE)
        .status(RecordStatus.RUNNING)
        .baseGeneration(before.generation())
        .startedAt(sites.clock.instant())
        .results(List.of(ComponentResult.pending(null, StepAction.SHARED)))
        .build();
    Lease lease = sites.storage.leases().acquire(SHOP, "node-0", Duration.ofSeconds(30));
    sites.storage.commit(
        lease,
        Commit.of(SHOP)
            .begin(new StoredOperation(
                record,
                before.toBuilder()
                    .generation(before.generation() + 1)
                    .spec(wanted)
                    .base(wanted)
                    .build()))
            .build());
    sites.clock.advance(Duration.ofMinutes(2));

    apps.recover(ExecutionOptions.defaults());

    assertThat(apps.record(id).orElseThrow().status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(shared()).containsExactly(NEW);
    assertRecordedIsReal();
  }

  private OperationRecord upgrade(ExecutionOptions.Builder options) {
    UpgradeRequest request = UpgradeRequest.builder(two).policy(Policy.exact()).build();
    return apps.execute(apps.plan(SHOP, request), options.build());
  }

  private AppState state() {
    return apps.find(SHOP).orElseThrow();
  }

  private List<ConfigItem> shared() {
    return sites.backend.shared(SHOP).configItems().asList();
  }

  private void assertRecordedIsReal() {
    assertThat(state().spec().configItems().asList()).isEqualTo(shared());
  }

  private static AppSpec sharing(String version, ConfigItem item) {
    return Sites.shop(version).toBuilder()
        .configGroups(Keyed.of(new ConfigGroup("common", "env", true)))
        .configItems(Keyed.of(item))
        .build();
  }

  private static ConfigItem item(String name) {
    return new ConfigItem("common", name, Setting.plain("yes"));
  }
}
