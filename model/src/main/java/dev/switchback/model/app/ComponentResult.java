// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one step of an operation.
 *
 * @param component the component; null for the step that changes what components share
 * @param action what was asked of the backend
 * @param outcome how it ended
 * @param message why it failed, or what the backend last said of its health; may be empty
 * @param evidence what was last seen of a component that failed, before anything was taken back, one
 *     finding a text; never a secret
 * @param startedAt when the backend was first asked; null if it was not
 * @param endedAt when it was known how it ended; null if it is not
 */
public record ComponentResult(
    @Nullable ComponentKey component,
    StepAction action,
    Outcome outcome,
    String message,
    List<String> evidence,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  /** How a step ended. */
  public enum Outcome {
    /** Not begun. */
    PENDING,
    /** Done, and healthy where the step waits for health. */
    DONE,
    /** Refused by the backend, or not healthy in time. */
    FAILED,
    /** Done and then taken back. */
    UNDONE,
    /** Begun, and it could not be found out how it ended. */
    UNKNOWN
  }

  /** Checks that nothing is missing. */
  public ComponentResult {
    requireNonNull(action, "action");
    requireNonNull(outcome, "outcome");
    requireNonNull(message, "message");
    evidence = List.copyOf(evidence);
  }

  /** Returns the result of a step that was not begun. */
  public static ComponentResult pending(@Nullable ComponentKey component, StepAction action) {
    return new ComponentResult(component, action, Outcome.PENDING, "", List.of(), null, null);
  }
}
