// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.app.Lease;
import java.time.Instant;

/** Holds the lease of one app for as long as an operation takes. */
final class LeaseKeeper implements AutoCloseable {

  private final Site site;
  private Lease lease;
  private Instant keptAt;

  private LeaseKeeper(Site site, Lease lease) {
    this.site = site;
    this.lease = lease;
    this.keptAt = site.clock().instant();
  }

  /**
   * Takes the lease of {@code app}.
   *
   * @throws dev.switchback.storage.LeaseHeldException if somebody has it
   */
  static LeaseKeeper take(Site site, AppId app) {
    return new LeaseKeeper(
        site, site.storage().leases().acquire(app, site.holder(), site.leaseDuration()));
  }

  Lease current() {
    return lease;
  }

  /**
   * Renews the lease once a third of it is over.
   *
   * @throws dev.switchback.storage.FencedOffException if it has passed to another holder: whoever
   *     called this must stop
   */
  void keep() {
    Instant now = site.clock().instant();
    if (!now.isBefore(keptAt.plus(site.leaseDuration().dividedBy(3)))) {
      lease = site.storage().leases().renew(lease, site.leaseDuration());
      keptAt = now;
    }
  }

  /** Gives the lease back; one that cannot be given back runs out by itself. */
  @Override
  public void close() {
    try {
      site.storage().leases().release(lease);
    } catch (SwitchbackException e) {
      System.getLogger(LeaseKeeper.class.getName())
          .log(System.Logger.Level.DEBUG, "Cannot release the lease of " + lease.app(), e);
    }
  }
}
