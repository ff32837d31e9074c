// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a {@link DeploymentBackend} promises. A backend extends this one class:
 *
 * <pre>{@code
 * final class MyBackendTest extends DeploymentBackendContract {
 *   @Override
 *   protected DeploymentBackend open() {
 *     return new MyBackend(PLATFORM);
 *   }
 * }
 * }</pre>
 *
 * <p>What the backend is able to beyond that, it declares by overriding more of {@link
 * DeploymentFixture}; what it does not declare is not tested.
 */
public abstract class DeploymentBackendContract extends DeploymentAbilitiesContract {

  /** Makes a test of the contract. */
  protected DeploymentBackendContract() {}

  @Test
  final void observe_ofUnknownApp_isEmpty() {
    assertThat(backend.observe(APP)).isEmpty();
  }

  @Test
  final void apply_ofNewComponent_isObservedAtOnceAndBecomesReady() {
    Component web = component("web", 1);
    StepId step = nextStep();

    backend.apply(step, target(app(APP, 3, web), WEB, StepAction.CREATE));

    Observation accepted = observed(APP, WEB).orElseThrow();
    assertThat(accepted.step()).isEqualTo(step);
    assertThat(accepted.generation()).isEqualTo(3);
    Observation ready = awaitReady(APP, WEB);
    assertThat(ready.step()).isEqualTo(step);
    assertThat(ready.generation()).isEqualTo(3);
    if (ready.image() != null) {
      assertThat(ready.image().reference()).isEqualTo(web.image().reference());
    }
  }

  @Test
  final void observe_ofSeveralComponents_isInKeyOrder() {
    List<Component> components = new ArrayList<>();
    for (String key : List.of("web", "db", "cache", "Web")) {
      components.add(component(key, 1));
    }
    AppTarget target = app(APP, 1, components.toArray(Component[]::new));
    components.forEach(c -> backend.apply(nextStep(), target(target, c.id(), StepAction.CREATE)));

    assertThat(backend.observe(APP))
        .extracting(seen -> seen.component().value())
        .containsExactly("Web", "cache", "db", "web");
  }

  @Test
  final void apply_ofSameStepAgain_doesNothingMore() {
    StepId step = nextStep();
    ComponentTarget target = target(app(APP, 1, component("web", 1)), WEB, StepAction.CREATE);
    backend.apply(step, target);
    backend.apply(step, target);
    Observation ready = awaitReady(APP, WEB);

    backend.apply(step, target);

    assertThat(backend.observe(APP)).containsExactly(ready);
  }

  @Test
  final void apply_ofSameStepThroughAnotherHandle_doesNothingMore() {
    Component web = component("web", 1);
    StepId step = create(APP, 1, web);
    Observation ready = awaitReady(APP, WEB);
    backend.close();
    backend = anotherHandle();

    backend.apply(step, target(app(APP, 1, web), WEB, StepAction.CREATE));

    assertThat(backend.observe(APP)).containsExactly(ready);
  }

  @Test
  final void apply_ofChangedComponent_rollsItOver() {
    create(APP, 1, component("web", 1));
    Component changed = component("web", 2);
    StepId step = nextStep();

    backend.apply(step, target(app(APP, 2, changed), WEB, StepAction.BUILD));

    Observation accepted = observed(APP, WEB).orElseThrow();
    assertThat(accepted.step()).isEqualTo(step);
    assertThat(accepted.generation()).isEqualTo(2);
    Observation ready = awaitReady(APP, WEB);
    if (ready.image() != null) {
      assertThat(ready.image().reference()).isEqualTo(changed.image().reference());
    }
  }

  @Test
  final void apply_ofEarlierComponentAgain_takesItBack() {
    create(APP, 1, component("web", 1));
    create(APP, 2, component("web", 2));
    StepId back = create(APP, 3, component("web", 1));

    Observation ready = awaitReady(APP, WEB);
    assertThat(ready.step()).isEqualTo(back);
    assertThat(ready.generation()).isEqualTo(3);
    if (ready.image() != null) {
      assertThat(ready.image().reference())
          .isEqualTo(component("web", 1).image().reference());
    }
  }

  @Test
  final void apply_ofOneComponent_leavesTheOthersAlone() {
    Component web = component("web", 1);
    Component db = component("db", 1);
    create(APP, 1, web);
    create(APP, 1, db);
    create(OTHER_APP, 1, web);
    Observation dbBefore = awaitReady(APP, DB);
    Observation otherBefore = awaitReady(OTHER_APP, WEB);

    backend.apply(nextStep(), target(app(APP, 2, component("web", 2), db), WEB, StepAction.BUILD));
    awaitReady(APP, WEB);

    assertThat(observed(APP, DB)).contains(dbBefore);
    assertThat(observed(OTHER_APP, WEB)).contains(otherBefore);
  }

  @Test
  final void apply_ofManyComponentsAtOnce_bringsAllUp() {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < Race.RUNNERS; i++) {
      components.add(component("c" + i, 1));
    }
    AppTarget target = app(APP, 1, components.toArray(Component[]::new));

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(i -> backend.apply(
        new StepId("parallel-" + i), target(target, components.get(i).id(), StepAction.CREATE)));

    assertThat(outcomes).as("%s", outcomes).allMatch(Race.Outcome::succeeded);
    components.forEach(component -> awaitReady(APP, component.id()));
  }

  @Test
  final void apply_ofBrokenComponent_isNeverReadyAndTellsWhy() {
    Component broken = brokenComponent("web").orElse(null);
    if (broken == null) {
      return;
    }
    create(APP, 1, component("web", 1));
    StepId step = nextStep();
    backend.apply(step, target(app(APP, 2, broken), WEB, StepAction.BUILD));

    Observation settled =
        await(APP, WEB, observation -> observation.health() != Health.PROGRESSING);

    assertThat(settled.health()).isIn(Health.FAILED, Health.DEGRADED);
    assertThat(settled.step()).isEqualTo(step);
    assertThat(settled.findings()).isNotEmpty();

    create(APP, 3, component("web", 1));
  }

  @Test
  final void apply_ofMissingImage_isRefusedAndChangesNothing() {
    Component missing = componentWithMissingImage("web").orElse(null);
    if (missing == null) {
      return;
    }
    create(APP, 1, component("web", 1));
    Observation before = awaitReady(APP, WEB);

    assertThatThrownBy(
            () -> backend.apply(nextStep(), target(app(APP, 2, missing), WEB, StepAction.BUILD)))
        .isInstanceOfSatisfying(
            DeploymentException.class,
            e -> assertThat(e.reason()).isEqualTo(DeploymentException.Reason.IMAGE_MISSING));
    assertThat(observed(APP, WEB)).contains(before);
  }

  @Test
  final void remove_ofComponent_takesItDownAlone() {
    create(APP, 1, component("web", 1));
    create(APP, 1, component("db", 1));
    create(OTHER_APP, 1, component("web", 1));

    backend.remove(nextStep(), APP, WEB);

    assertThat(backend.observe(APP)).extracting(Observation::component).containsExactly(DB);
    assertThat(observed(OTHER_APP, WEB)).isPresent();
  }

  @Test
  final void remove_ofWhatIsNotThere_doesNothing() {
    backend.remove(nextStep(), APP, WEB);
    create(APP, 1, component("db", 1));
    Observation before = awaitReady(APP, DB);

    backend.remove(nextStep(), APP, WEB);

    assertThat(backend.observe(APP)).containsExactly(before);
  }

  @Test
  final void remove_ofSameStepAgain_doesNothingMore() {
    create(APP, 1, component("web", 1));
    StepId step = nextStep();
    backend.remove(step, APP, WEB);

    backend.remove(step, APP, WEB);

    assertThat(backend.observe(APP)).isEmpty();
  }

  @Test
  final void apply_afterRemove_bringsItUpAgain() {
    create(APP, 1, component("web", 1));
    backend.remove(nextStep(), APP, WEB);

    StepId step = create(APP, 3, component("web", 1));

    assertThat(awaitReady(APP, WEB).step()).isEqualTo(step);
  }

  @Test
  final void remove_ofComponentWithVolume_keepsItsData() {
    Volumes volumes = volumes().orElse(null);
    if (volumes == null) {
      return;
    }
    Component web = withVolume(component("web", 1));
    create(APP, 1, web);
    volumes.write(APP, WEB, VOLUME_PATH, "precious");

    backend.remove(nextStep(), APP, WEB);
    create(APP, 3, web);

    assertThat(volumes.read(APP, WEB, VOLUME_PATH)).contains("precious");
  }

  @Test
  final void apply_ofChangedComponentWithVolume_keepsItsData() {
    Volumes volumes = volumes().orElse(null);
    if (volumes == null) {
      return;
    }
    create(APP, 1, withVolume(component("web", 1)));
    volumes.write(APP, WEB, VOLUME_PATH, "precious");

    create(APP, 2, withVolume(component("web", 2)));

    assertThat(volumes.read(APP, WEB, VOLUME_PATH)).contains("precious");
  }

  @Test
  final void applyShared_anyNumberOfTimes_leavesComponentsRunning() {
    Component web = component("web", 1);
    create(APP, 1, web);
    AppSpec spec = AppSpec.builder()
        .components(Keyed.of(web))
        .configGroups(Keyed.of(new ConfigGroup("common", "env", true)))
        .configItems(Keyed.of(new ConfigItem("common", "A", Setting.plain("1"))))
        .build();
    StepId step = nextStep();

    backend.applyShared(step, new AppTarget(APP, 2, spec));
    backend.applyShared(step, new AppTarget(APP, 2, spec));
    backend.applyShared(nextStep(), new AppTarget(APP, 3, AppSpec.empty()));

    assertThat(awaitReady(APP, new ComponentKey("web")).health()).isEqualTo(Health.READY);
  }

  @Test
  final void close_anyNumberOfTimes_stopsNothingThatRuns() {
    create(APP, 1, component("web", 1));
    Observation before = awaitReady(APP, WEB);
    backend.close();
    backend.close();

    backend = anotherHandle();

    assertThat(backend.observe(APP)).containsExactly(before);
  }
}
