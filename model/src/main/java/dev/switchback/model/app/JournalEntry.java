// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import dev.switchback.model.internal.Check;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal of an operation: what is about to be asked of the backend, or what became
 * of it.
 *
 * @param record the operation
 * @param sequence the position in the journal of the operation, counted from 1 without gaps
 * @param phase whether the step is about to begin or how it ended
 * @param step the step
 * @param action what is asked of the backend
 * @param component the component; null for the step that changes what components share
 * @param message what the backend said; may be empty, never a secret
 * @param evidence what was last seen of a component whose step failed, one finding a text; never a
 *     secret
 * @param at when the line was written
 */
public record JournalEntry(
    RecordId record,
    long sequence,
    Phase phase,
    StepId step,
    StepAction action,
    @Nullable ComponentKey component,
    String message,
    List<String> evidence,
    Instant at) {

  /** Where a step stands. */
  public enum Phase {
    /** About to ask the backend. */
    INTENT,
    /** The backend has done it, and health was good where the step waits for it. */
    DONE,
    /** The backend refused, or health was not good in time. */
    FAILED,
    /** The step was taken back. */
    UNDONE
  }

  /** Checks that nothing is missing. */
  public JournalEntry {
    requireNonNull(record, "record");
    Check.notNegative(sequence, "sequence");
    requireNonNull(phase, "phase");
    requireNonNull(step, "step");
    requireNonNull(action, "action");
    requireNonNull(message, "message");
    evidence = List.copyOf(evidence);
    requireNonNull(at, "at");
  }
}
