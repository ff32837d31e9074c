// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.SwitchbackException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says that a backend did not make a change, and why. */
public final class DeploymentException extends SwitchbackException {

  private static final long serialVersionUID = 1L;

  /** Why a backend did not make a change. */
  public enum Reason {
    /** The platform does not answer. Nothing is known to be wrong with the change: try again. */
    UNREACHABLE,
    /** The platform refused the change as it is. */
    REFUSED,
    /** The image is not there and cannot be fetched. */
    IMAGE_MISSING,
    /** A port is taken. */
    PORT_TAKEN,
    /** A name is taken by something that this backend did not create. */
    NAME_TAKEN,
    /** There is no room. */
    NO_SPACE
  }

  private final Reason reason;

  /**
   * Makes an exception.
   *
   * @param reason why the change was not made
   * @param message what could not be done, with the ids and the next step; never a secret
   * @param cause what led to it, or null
   */
  public DeploymentException(Reason reason, String message, @Nullable Throwable cause) {
    super("deployment-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), message, cause);
    this.reason = requireNonNull(reason, "reason");
  }

  /** Returns why the change was not made. */
  public Reason reason() {
    return reason;
  }

  /** Returns true if the platform did not answer. */
  @Override
  public boolean mayRetry() {
    return reason == Reason.UNREACHABLE;
  }
}
