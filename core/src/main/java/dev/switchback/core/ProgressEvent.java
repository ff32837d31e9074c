// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.StepAction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in an operation.
 *
 * @param kind what happened
 * @param record the operation
 * @param app the app
 * @param component the component; null if it is about the whole operation or what components share
 * @param action what was asked of the backend; null if it is about the whole operation
 * @param message what there is to say for a person; may be empty, never a secret
 * @param at when it happened
 */
public record ProgressEvent(
    Kind kind,
    RecordId record,
    AppId app,
    @Nullable ComponentKey component,
    @Nullable StepAction action,
    String message,
    Instant at) {

  /** What can happen. */
  public enum Kind {
    /** The operation has its lease and its record. */
    STARTED,
    /** A step is about to begin. */
    STEP_STARTED,
    /** A step is done, and its component healthy. */
    STEP_DONE,
    /** A step failed. */
    STEP_FAILED,
    /** A step was taken back. */
    STEP_UNDONE,
    /** The operation let go of the app on request; it can be resumed or cancelled. */
    PAUSED,
    /** The operation has ended, well or not. */
    FINISHED
  }

  /** Checks that nothing is missing. */
  public ProgressEvent {
    requireNonNull(kind, "kind");
    requireNonNull(record, "record");
    requireNonNull(app, "app");
    requireNonNull(message, "message");
    requireNonNull(at, "at");
  }
}
