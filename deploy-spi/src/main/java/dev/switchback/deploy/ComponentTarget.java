// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.Component;

/**
 * A component as it is wanted, within its app.
 *
 * @param app the app, whose spec has the component
 * @param component the key of the component
 * @param action why it changes: {@link StepAction#CREATE}, {@link StepAction#BUILD} or {@link
 *     StepAction#UPDATE}
 */
public record ComponentTarget(AppTarget app, ComponentKey component, StepAction action) {

  /**
   * Checks that nothing is missing.
   *
   * @throws IllegalArgumentException if the app's spec has no such component
   */
  public ComponentTarget {
    requireNonNull(app, "app");
    requireNonNull(component, "component");
    requireNonNull(action, "action");
    if (app.spec().component(component).isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid target: " + app.app() + " has no component " + component);
    }
  }

  /** Returns the component as it is wanted. */
  public Component wanted() {
    return app.spec().component(component).orElseThrow();
  }
}
