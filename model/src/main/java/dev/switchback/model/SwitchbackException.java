// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Something that Switchback could not do. Its subtypes answer what the caller wants to know next:
 * whether anything was changed and whether trying again makes sense.
 */
public abstract class SwitchbackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Makes an exception.
   *
   * @param code what happened, stable, for programs: lower case with hyphens
   * @param message what could not be done, with the ids and values; never a secret
   * @param cause what led to it, or null
   */
  protected SwitchbackException(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = requireNonNull(code, "code");
  }

  /** Returns what happened, stable, for programs. */
  public final String code() {
    return code;
  }

  /** Tells whether the same call may succeed later without anything being done about it. */
  public boolean mayRetry() {
    return false;
  }
}
