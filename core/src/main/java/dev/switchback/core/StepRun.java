// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a running operation and what became of it. Changed by one thread at a time; who hands
 * it to another does so under a lock.
 */
final class StepRun {

  final StepId id;
  final StepAction action;
  final @Nullable ComponentKey component;
  volatile Outcome outcome = Outcome.PENDING;
  String message = "";
  List<String> evidence = List.of();

  @Nullable
  Instant startedAt;

  @Nullable
  Instant endedAt;

  /** Whether the backend may have changed something for this step. */
  boolean touched;

  /** Whether nothing tells so far whether the backend took it: its answer was lost, or its asker. */
  boolean unsure;

  StepRun(StepId id, StepAction action, @Nullable ComponentKey component) {
    this.id = id;
    this.action = action;
    this.component = component;
  }

  void end(Outcome outcome, String message) {
    this.message = message;
    this.unsure = false;
    this.outcome = outcome;
  }

  boolean isPending() {
    return outcome == Outcome.PENDING;
  }

  boolean isDone() {
    return outcome == Outcome.DONE;
  }

  boolean isFailed() {
    return outcome == Outcome.FAILED;
  }

  /** Tells whether what runs may be neither as before nor as wanted. */
  boolean isHalfDone() {
    return touched && (isFailed() || isPending());
  }

  ComponentResult result() {
    Outcome known = isHalfDone() && isPending() ? Outcome.UNKNOWN : outcome;
    return new ComponentResult(component, action, known, message, evidence, startedAt, endedAt);
  }

  /** Returns what it is about, for a person. */
  String subject() {
    return component == null ? "what components share" : component.value();
  }
}
