// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static java.util.Objects.requireNonNull;

/**
 * One reason why something cannot be done. A refusal carries all of them.
 *
 * @param code what kind of reason it is, stable, for programs: lower case with hyphens
 * @param place where the reason lies: a JSON path, a component and item, a file; may be empty
 * @param message the reason, one sentence that names the thing and the values; never a secret
 * @param nextStep what to do about it, one sentence; empty if nothing can be done
 */
public record Obstacle(String code, String place, String message, String nextStep) {

  /** Checks that nothing is missing. */
  public Obstacle {
    requireNonNull(code, "code");
    requireNonNull(place, "place");
    requireNonNull(message, "message");
    requireNonNull(nextStep, "nextStep");
  }

  /** Makes an obstacle that lies at no particular place. */
  public static Obstacle of(String code, String message, String nextStep) {
    return new Obstacle(code, "", message, nextStep);
  }

  /** Returns place, message and next step in one line. */
  public String explain() {
    return (place.isEmpty() ? "" : place + ": ")
        + message
        + (nextStep.isEmpty() ? "" : " (" + nextStep + ")");
  }

  @Override
  public String toString() {
    return explain();
  }
}
