// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import org.jspecify.annotations.Nullable;

/** One step of a running operation and what became of it. */
final class StepRun {

  final StepId id;
  final StepAction action;
  final @Nullable ComponentKey component;
  Outcome outcome = Outcome.PENDING;
  String message = "";

  /** Whether the backend may have changed something for this step. */
  boolean touched;

  StepRun(StepId id, StepAction action, @Nullable ComponentKey component) {
    this.id = id;
    this.action = action;
    this.component = component;
  }

  void end(Outcome outcome, String message) {
    this.outcome = outcome;
    this.message = message;
  }

  boolean isDone() {
    return outcome == Outcome.DONE;
  }

  boolean isFailed() {
    return outcome == Outcome.FAILED;
  }

  ComponentResult result() {
    return new ComponentResult(component, action, outcome, message);
  }
}
