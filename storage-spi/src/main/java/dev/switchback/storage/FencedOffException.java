// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.app.Lease;

/** Says that a lease is no longer its holder's. Nothing was written; the holder has to stop. */
public final class FencedOffException extends StorageException {

  private static final long serialVersionUID = 1L;

  private final transient Lease lease;

  /** Makes an exception about {@code lease}, the one that no longer holds. */
  public FencedOffException(Lease lease) {
    super(
        "fenced-off",
        "Cannot change " + lease.app() + " under lease " + lease.fence() + " of " + lease.holder()
            + ": it was released or has passed to another holder",
        null);
    this.lease = requireNonNull(lease, "lease");
  }

  /** Returns the lease that no longer holds. */
  public Lease lease() {
    return lease;
  }
}
