// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.app.Lease;

/** Says that somebody else is changing the app. Nothing was written; try again later. */
public final class LeaseHeldException extends StorageException {

  private static final long serialVersionUID = 1L;

  private final transient Lease current;

  /** Makes an exception about {@code current}, the lease that is in the way. */
  public LeaseHeldException(Lease current) {
    super(
        "lease-held",
        "Cannot change " + current.app() + ": " + current.holder() + " has been changing it since "
            + current.acquiredAt() + ", until " + current.expiresAt() + " unless it goes on",
        null);
    this.current = requireNonNull(current, "current");
  }

  /** Returns the lease that is in the way. */
  public Lease current() {
    return current;
  }

  /** Returns true: the lease ends by itself. */
  @Override
  public boolean mayRetry() {
    return true;
  }
}
