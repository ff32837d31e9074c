// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentBackend;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.Observation;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.StepAction;
import java.util.List;
import java.util.Optional;

/**
 * Asks the backend for one step: again where it did not answer, and under the same id, by which it
 * knows what it has done already.
 */
final class StepCall {

  private final DeploymentBackend backend;
  private final Retries retries;
  private final StepTargets targets;

  StepCall(DeploymentBackend backend, Retries retries, StepTargets targets) {
    this.backend = backend;
    this.retries = retries;
    this.targets = targets;
  }

  /**
   * Asks for {@code step}. It has ended when it needs no look at its health: because it failed, or
   * because there is no health to look at. Else the backend took it, or it will be seen whether it
   * did.
   */
  void ask(StepRun step) {
    boolean touchedBefore = step.touched;
    step.touched = true;
    try {
      retries.run(() -> attempt(step), StepCall::mayTryAgain);
      if (step.component == null || step.action == StepAction.NOTHING) {
        step.end(Outcome.DONE, "");
      }
    } catch (DeploymentException e) {
      step.touched = touchedBefore || step.unsure;
      step.evidence = List.of(e.code() + ": " + e.getMessage());
      step.end(Outcome.FAILED, BackendFailure.words(e));
    } catch (Exception e) {
      // A lost answer, or a backend that broke, be it with a checked exception out of a language
      // that has none: it may or may not have been done. Of a component, the look at its health
      // will tell.
      step.evidence = List.of(BackendFailure.words(e));
      if (step.component == null) {
        step.end(Outcome.FAILED, "it may or may not have been done: " + BackendFailure.words(e));
      }
    }
  }

  private static boolean mayTryAgain(RuntimeException failure) {
    return failure instanceof OutcomeUnknownException
        || (failure instanceof DeploymentException refused && refused.mayRetry());
  }

  private void attempt(StepRun step) {
    try {
      change(step);
    } catch (OutcomeUnknownException e) {
      step.unsure = true;
      if (!wasTaken(step)) {
        throw e;
      }
    }
  }

  private void change(StepRun step) {
    AppTarget target = targets.of(step);
    if (step.component == null) {
      backend.applyShared(step.id, target);
    } else if (step.action == StepAction.REMOVE) {
      backend.remove(step.id, target.app(), step.component);
    } else if (step.action != StepAction.NOTHING) {
      backend.apply(step.id, new ComponentTarget(target, step.component, step.action));
    }
  }

  private boolean wasTaken(StepRun step) {
    try {
      return step.component != null && wasTaken(step, backend.observe(targets.app()));
    } catch (Exception e) {
      return false;
    }
  }

  /** Tells by what is seen of a component whether the backend took {@code step}. */
  static boolean wasTaken(StepRun step, List<Observation> seen) {
    Optional<Observation> found =
        seen.stream().filter(each -> each.component().equals(step.component)).findFirst();
    return step.action == StepAction.REMOVE
        ? found.isEmpty()
        : found.map(each -> each.step().equals(step.id)).orElse(false);
  }
}
