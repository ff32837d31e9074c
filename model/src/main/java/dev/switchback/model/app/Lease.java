// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.internal.Check;
import java.time.Instant;

/**
 * The right to change one app, for a while.
 *
 * @param app the app
 * @param holder who has it: a text that tells a person which node or process to look at
 * @param fence the fencing number: greater with every lease granted for the app, so that a store can
 *     refuse the writes of a holder whose lease has passed to another
 * @param acquiredAt since when, by the clock of the store
 * @param expiresAt until when unless renewed, by the clock of the store
 */
public record Lease(AppId app, String holder, long fence, Instant acquiredAt, Instant expiresAt) {

  /** Checks that nothing is missing. */
  public Lease {
    requireNonNull(app, "app");
    Check.id(holder, "lease holder", 200);
    Check.notNegative(fence, "fence");
    requireNonNull(acquiredAt, "acquiredAt");
    requireNonNull(expiresAt, "expiresAt");
  }

  /** Tells whether the lease has run out at {@code now}, a time of the store's clock. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
