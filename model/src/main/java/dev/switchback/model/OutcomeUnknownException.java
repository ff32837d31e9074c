// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import org.jspecify.annotations.Nullable;

/**
 * Says that a change may or may not have happened, because the answer was lost. The caller must look
 * before it tries again, and must not clean up.
 */
public final class OutcomeUnknownException extends SwitchbackException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was asked for and why the answer is missing
   * @param cause what led to it, or null
   */
  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super("outcome-unknown", message, cause);
  }
}
