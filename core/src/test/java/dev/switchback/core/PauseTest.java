// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.RefusedException;
import dev.switchback.model.Setting;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.app.Signal;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.UpgradeRequest;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operations that are paused, resumed and cancelled between steps, by this node or another. */
final class PauseTest {

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final Apps other = sites.open("node-2").apps();
  private final VersionRef two;

  PauseTest() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    two = sites.publish("2.0", Sites.shop("2"));
  }

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void pause_fromAnotherNode_stopsAtTheNextStep() {
    AppState before = apps.find(SHOP).orElseThrow();

    OperationRecord paused = upgrade(during("db", (node, id) -> node.pause(id, "ops")));

    assertThat(paused.status()).isEqualTo(RecordStatus.PAUSED);
    assertThat(paused.results())
        .extracting(ComponentResult::outcome)
        .containsExactly(Outcome.DONE, Outcome.PENDING, Outcome.PENDING);
    assertThat(running("db")).contains("db:2");
    assertThat(running("api")).contains("api:1");
    assertThat(apps.find(SHOP)).contains(before);
    assertThat(sites.storage.leases().find(SHOP)).isEmpty();
  }

  @Test
  void resume_onAnotherNode_doesTheRest() {
    OperationRecord paused = upgrade(during("db", (node, id) -> node.pause(id, "ops")));
    int changes = sites.backend.changes().size();

    OperationRecord done = other.resume(paused.id(), ExecutionOptions.defaults());

    assertThat(done.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(done.id()).isEqualTo(paused.id());
    assertThat(sites.backend.changes()).hasSize(changes + 2);
    assertThat(apps.find(SHOP).orElseThrow().version()).isEqualTo(two);
    assertThat(running("web")).contains("web:2");
  }

  @Test
  void resume_ofAnEditThatSetsASecret_doesTheRest() {
    EditRequest edit = EditRequest.of(
        new Edit.SetEnv(new ComponentKey("db"), "PASSWORD", Setting.secret("hunter2")),
        new Edit.SetCommand(new ComponentKey("api"), "serve --token=hunter3"));
    OperationRecord paused =
        apps.execute(apps.plan(SHOP, edit), during("db", (node, id) -> node.pause(id, "ops")));

    OperationRecord done = other.resume(paused.id(), ExecutionOptions.defaults());

    assertThat(paused.status()).isEqualTo(RecordStatus.PAUSED);
    assertThat(done.status()).isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(apps.find(SHOP)
            .orElseThrow()
            .spec()
            .component(new ComponentKey("api"))
            .orElseThrow()
            .command())
        .isEqualTo("serve --token=hunter3");
  }

  @Test
  void retry_ofAnEditThatSetASecret_isRefusedWithWhatToDo() {
    EditRequest edit = EditRequest.of(
        new Edit.SetEnv(new ComponentKey("db"), "PASSWORD", Setting.secret("hunter2")),
        new Edit.SetCommand(new ComponentKey("api"), "serve"));
    OperationRecord paused =
        apps.execute(apps.plan(SHOP, edit), during("db", (node, id) -> node.pause(id, "ops")));
    OperationRecord cancelled = other.cancel(paused.id(), "ops");

    assertThatThrownBy(() -> apps.retry(cancelled.id(), ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not with the secrets that it sets")
        .hasMessageContaining("plan anew");
  }

  @Test
  void resume_canBePausedAgain() {
    OperationRecord paused = upgrade(during("db", (node, id) -> node.pause(id, "ops")));

    OperationRecord again =
        other.resume(paused.id(), during("api", (node, id) -> node.pause(id, "ops")));

    assertThat(again.status()).isEqualTo(RecordStatus.PAUSED);
    assertThat(again.results())
        .extracting(ComponentResult::outcome)
        .containsExactly(Outcome.DONE, Outcome.DONE, Outcome.PENDING);
    assertThat(other.resume(paused.id(), ExecutionOptions.defaults()).status())
        .isEqualTo(RecordStatus.SUCCEEDED);
  }

  @Test
  void cancel_ofAPausedOperation_takesItBackOnAnyNode() {
    AppState before = apps.find(SHOP).orElseThrow();
    OperationRecord paused = upgrade(during("api", (node, id) -> node.pause(id, "ops")));

    OperationRecord cancelled = other.cancel(paused.id(), "ops");

    assertThat(cancelled.status()).isEqualTo(RecordStatus.UNDONE);
    assertThat(cancelled.message()).contains("cancelled");
    assertThat(apps.find(SHOP)).contains(before);
    assertThat(running("db")).contains("db:1");
    assertThat(running("api")).contains("api:1");
    assertThat(running("web")).contains("web:1");
    assertThat(apps.upgrade(SHOP, two).status()).isEqualTo(RecordStatus.SUCCEEDED);
  }

  @Test
  void resume_afterSomebodyLeftACancel_takesItBack() {
    OperationRecord paused = upgrade(during("api", (node, id) -> node.pause(id, "ops")));
    sites.storage.signals().send(paused.id(), Signal.CANCEL);

    OperationRecord cancelled = other.resume(paused.id(), ExecutionOptions.defaults());

    assertThat(cancelled.status()).isEqualTo(RecordStatus.UNDONE);
    assertThat(running("db")).contains("db:1");
  }

  @Test
  void resume_whileAnotherHasTheApp_leavesItsSignalAlone() {
    OperationRecord paused = upgrade(during("db", (node, id) -> node.pause(id, "ops")));
    ExecutionOptions options = during("api", (node, id) -> {
      node.pause(id, "ops");
      assertThatThrownBy(() -> sites.open("node-3").apps().resume(id, ExecutionOptions.defaults()))
          .isInstanceOf(SwitchbackException.class);
    });

    assertThat(other.resume(paused.id(), options).status()).isEqualTo(RecordStatus.PAUSED);
  }

  @Test
  void cancel_fromAnotherNode_takesBackWhatWasDone() {
    AppState before = apps.find(SHOP).orElseThrow();

    OperationRecord record = upgrade(during("api", (node, id) -> node.cancel(id, "ops")));

    assertThat(record.status()).isEqualTo(RecordStatus.UNDONE);
    assertThat(record.results())
        .extracting(ComponentResult::outcome)
        .containsExactly(Outcome.UNDONE, Outcome.UNDONE, Outcome.PENDING);
    assertThat(apps.find(SHOP)).contains(before);
    assertThat(running("db")).contains("db:1");
    assertThat(running("api")).contains("api:1");
  }

  @Test
  void cancel_doesNotWaitForHealthThatNeverComes() {
    sites.backend.neverHealthy(
        new ComponentKey("db"), dev.switchback.deploy.Observation.Health.PROGRESSING);
    int[] looks = {0};
    ExecutionOptions options = during("db", (node, id) -> {
      looks[0] = sites.backend.calls().size();
      node.cancel(id, "ops");
      sites.backend.heal();
    });

    assertThat(upgrade(options).status()).isEqualTo(RecordStatus.UNDONE);
    assertThat(sites.backend.calls().size() - looks[0]).isLessThan(10);
  }

  @Test
  void execute_onAnAppWithAPausedOperation_isRefusedAndSaysHowToGoOn() {
    OperationRecord paused = upgrade(during("db", (node, id) -> node.pause(id, "ops")));

    assertThatThrownBy(() -> apps.upgrade(SHOP, two))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.obstacles())
                .extracting(Obstacle::code, Obstacle::nextStep)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                    "operation-paused", "resume " + paused.id() + " or cancel it")));
    assertThat(sites.storage.leases().find(SHOP)).isEmpty();
  }

  @Test
  void recover_leavesAPausedOperationAlone() {
    OperationRecord paused = upgrade(during("db", (node, id) -> node.pause(id, "ops")));

    assertThat(other.recover(ExecutionOptions.defaults())).isEmpty();
    assertThat(apps.record(paused.id())).contains(paused);
  }

  @Test
  void resume_ofWhatIsNotPaused_isRefused() {
    OperationRecord done = apps.upgrade(SHOP, two);

    assertThatThrownBy(() -> apps.resume(done.id(), ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not paused");
    assertThatThrownBy(() -> apps.resume(new RecordId("none"), ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no record none");
    assertThatThrownBy(() -> apps.cancel(done.id(), "ops"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void signals_needPermission() {
    OperationRecord paused = upgrade(during("db", (node, id) -> node.pause(id, "ops")));
    try (Switchback guarded = Switchback.builder()
        .storage(sites.storage)
        .blobs(sites.blobs)
        .backend(sites.backend)
        .authorizer((actor, action, object) ->
            Optional.of(Obstacle.of("denied", actor + " may not " + action, "ask")))
        .open()) {
      assertThatThrownBy(() -> guarded.apps().cancel(paused.id(), "eve"))
          .hasMessageContaining("eve may not CANCEL");
      assertThatThrownBy(() -> guarded
              .apps()
              .resume(paused.id(), ExecutionOptions.builder().actor("eve").build()))
          .hasMessageContaining("eve may not RESUME");
      assertThatThrownBy(() -> guarded.apps().pause(paused.id(), "eve"))
          .hasMessageContaining("eve may not PAUSE");
    }
    assertThat(sites.storage.signals().find(paused.id())).isEqualTo(Signal.PAUSE);
  }

  private OperationRecord upgrade(ExecutionOptions options) {
    return apps.execute(apps.plan(SHOP, UpgradeRequest.to(two)), options);
  }

  /** Lets another node act while the step for a component is about to begin. */
  private ExecutionOptions during(String component, BiConsumer<Apps, RecordId> act) {
    return ExecutionOptions.builder()
        .listener(event -> {
          if (event.kind() == ProgressEvent.Kind.STEP_STARTED
              && new ComponentKey(component).equals(event.component())) {
            act.accept(other, event.record());
          }
        })
        .build();
  }

  private Optional<String> running(String key) {
    return sites.running(key);
  }
}
