// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.SwitchbackException;

/** Says in a record what a backend threw. */
final class BackendFailure {

  private BackendFailure() {}

  /**
   * Returns the message of an exception that is known to hold no secret, else only its kind: what
   * breaks by surprise may quote the values it was given.
   */
  static String words(Exception failure) {
    return failure instanceof SwitchbackException
        ? String.valueOf(failure.getMessage())
        : "the backend broke with " + failure.getClass().getName();
  }
}
