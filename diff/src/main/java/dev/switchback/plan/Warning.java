// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

/**
 * Something to know before a plan is executed; it does not stop it.
 *
 * @param code what kind of warning it is, stable, for programs: lower case with hyphens
 * @param place where it lies: a component and item; may be empty
 * @param message what there is to know, one sentence; never a secret
 */
public record Warning(String code, String place, String message) {

  /** Checks that nothing is missing. */
  public Warning {
    requireNonNull(code, "code");
    requireNonNull(place, "place");
    requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return place.isEmpty() ? message : place + ": " + message;
  }
}
