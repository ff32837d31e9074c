// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.AppTarget;
import dev.switchback.model.AppId;
import dev.switchback.model.app.StepAction;

/**
 * The app as the steps of an operation, or of taking it back, bring it about.
 *
 * @param end the app as it is in the end
 * @param changing the same, with what components share and may use until the last of them has changed
 */
record StepTargets(AppTarget end, AppTarget changing) {

  /** Returns the id of the app. */
  AppId app() {
    return end.app();
  }

  /** Returns the app that the backend is told of for {@code step}. */
  AppTarget of(StepRun step) {
    return step.action == StepAction.SHARED ? changing : end;
  }
}
