// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.simulation;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepId;
import org.jspecify.annotations.Nullable;

/**
 * One call that a simulated backend got.
 *
 * @param number counts the calls from 1
 * @param method what was called
 * @param app the app; null for a call about artifacts
 * @param component the component; null for a call about an app or about artifacts
 * @param step the step; null for a call that changes no app
 * @param result how it ended
 */
public record SimulatedCall(
    int number,
    Method method,
    @Nullable AppId app,
    @Nullable ComponentKey component,
    @Nullable StepId step,
    Result result) {

  /** What can be called. */
  public enum Method {
    /** Look. */
    OBSERVE,
    /** Bring a component to its wanted state. */
    APPLY,
    /** Take a component down. */
    REMOVE,
    /** Bring what is shared to its wanted state. */
    APPLY_SHARED,
    /** Ask for artifacts. */
    PRESENT,
    /** Take an artifact in. */
    LOAD,
    /** Tell what really runs. */
    INSPECT
  }

  /** How a call can end. */
  public enum Result {
    /** It was answered, and did what there was to do. */
    DONE,
    /** It was answered, and did nothing, because the same step had been done before. */
    REPEATED,
    /** It was refused, and did nothing. */
    FAILED
  }

  /** Checks that nothing is missing. */
  public SimulatedCall {
    requireNonNull(method, "method");
    requireNonNull(result, "result");
  }

  /** Returns method, component, step and result, as far as there are any, separated by spaces. */
  @Override
  public String toString() {
    return method
        + (component == null ? "" : " " + component)
        + (step == null ? "" : " " + step)
        + " " + result;
  }
}
