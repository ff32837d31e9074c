// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepAction;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is asked of the deployment backend.
 *
 * @param action what is asked
 * @param component the component; null for what the components share
 * @param reason why, in a few words: the properties that change
 */
public record Step(StepAction action, @Nullable ComponentKey component, String reason) {

  /**
   * Checks that the parts go together.
   *
   * @throws IllegalArgumentException if a component is given for an action on {@linkplain
   *     StepAction#isShared() what the components share}, or none for another action
   */
  public Step {
    requireNonNull(action, "action");
    requireNonNull(reason, "reason");
    if (action.isShared() != (component == null)) {
      throw new IllegalArgumentException(
          "Invalid step: " + action + " with component " + component);
    }
  }
}
