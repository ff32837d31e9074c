// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.Observation;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.testkit.faults.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link DeploymentBackend} promises to callers that ask twice, are not answered, or are late. */
public abstract class DeploymentAnswersContract extends DeploymentFixture {

  private static final int LOOKS = 20;

  /** Makes a test of the contract. */
  protected DeploymentAnswersContract() {}

  @Test
  final void apply_whoseAnswerIsLost_isObservedAndNotDoneAgain() {
    StepId step = nextStep();
    ComponentTarget target = target(app(APP, 1, component("web", 1)), WEB, StepAction.CREATE);
    DeploymentBackend shaky = withFault(Fault.LOSE_ANSWER);
    assertThatThrownBy(() -> shaky.apply(step, target)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(observed(APP, WEB)).map(Observation::step).contains(step);
    Observation ready = awaitReady(APP, WEB);

    shaky.apply(step, target);

    assertThat(backend.observe(APP)).containsExactly(ready);
  }

  @Test
  final void apply_whoseRequestIsLost_isNotObservedAndDoneWhenAskedAgain() {
    StepId before = create(APP, 1, component("web", 1));
    StepId step = nextStep();
    ComponentTarget target = target(app(APP, 2, component("web", 2)), WEB, StepAction.BUILD);
    DeploymentBackend shaky = withFault(Fault.LOSE_REQUEST);
    assertThatThrownBy(() -> shaky.apply(step, target)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(observed(APP, WEB)).map(Observation::step).contains(before);

    shaky.apply(step, target);

    assertThat(awaitReady(APP, WEB).step()).isEqualTo(step);
  }

  @Test
  final void remove_whoseAnswerIsLost_isObservedAndNotDoneAgain() {
    create(APP, 1, component("web", 1));
    StepId step = nextStep();
    DeploymentBackend shaky = withFault(Fault.LOSE_ANSWER);
    assertThatThrownBy(() -> shaky.remove(step, APP, WEB))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(observed(APP, WEB)).isEmpty();

    shaky.remove(step, APP, WEB);

    assertThat(observed(APP, WEB)).isEmpty();
  }

  @Test
  final void everyChange_thatArrivesTwice_isMadeOnce() {
    Component web = component("web", 1);
    StepId step = nextStep();

    withFault(Fault.REPEAT).apply(step, target(app(APP, 1, web), WEB, StepAction.CREATE));
    assertThat(awaitReady(APP, WEB).step()).isEqualTo(step);
    withFault(Fault.REPEAT).applyShared(nextStep(), new AppTarget(APP, 1, AppSpec.empty()));
    assertThat(awaitReady(APP, WEB).step()).isEqualTo(step);
    withFault(Fault.REPEAT).remove(nextStep(), APP, WEB);

    assertThat(backend.observe(APP)).isEmpty();
  }

  @Test
  final void apply_thatArrivesAgainAfterALaterOne_doesNothing() {
    Component one = component("web", 1);
    StepId early = create(APP, 1, one);
    StepId later = create(APP, 2, component("web", 2));
    Observation ready = awaitReady(APP, WEB);
    if (!recognisesEarlierSteps()) {
      return;
    }

    backend.apply(early, target(app(APP, 1, one), WEB, StepAction.CREATE));

    assertThat(backend.observe(APP)).containsExactly(ready);
    assertThat(ready.step()).isEqualTo(later);
  }

  @Test
  final void apply_thatArrivesAgainAfterARemoval_bringsNothingBack() {
    Component web = component("web", 1);
    StepId early = create(APP, 1, web);
    backend.remove(nextStep(), APP, WEB);
    if (!recognisesEarlierSteps()) {
      return;
    }

    backend.apply(early, target(app(APP, 1, web), WEB, StepAction.CREATE));

    assertThat(backend.observe(APP)).isEmpty();
  }

  @Test
  final void remove_thatArrivesAgainAfterALaterApply_takesNothingDown() {
    create(APP, 1, component("web", 1));
    StepId early = nextStep();
    backend.remove(early, APP, WEB);
    create(APP, 3, component("web", 1));
    Observation ready = awaitReady(APP, WEB);
    if (!recognisesEarlierSteps()) {
      return;
    }

    backend.remove(early, APP, WEB);

    assertThat(backend.observe(APP)).containsExactly(ready);
  }

  @Test
  final void observe_whileAChangeIsSlow_tellsOfBeforeOrAfter() {
    StepId before = create(APP, 1, component("web", 1));
    StepId step = nextStep();
    ComponentTarget target = target(app(APP, 2, component("web", 2)), WEB, StepAction.BUILD);
    DeploymentBackend slow = withFault(Fault.DELAY);

    List<Race.Outcome<Boolean>> outcomes = Race.runAll(runner -> {
      if (runner == 0) {
        slow.apply(step, target);
      }
      for (int i = 0; i < LOOKS && runner > 0; i++) {
        assertThat(backend.observe(APP))
            .allMatch(seen -> seen.step().equals(before) || seen.step().equals(step));
      }
    });

    assertThat(outcomes).as("%s", outcomes).allMatch(Race.Outcome::succeeded);
    assertThat(awaitReady(APP, WEB).step()).isEqualTo(step);
  }
}
