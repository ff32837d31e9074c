// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.FencedOffException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds the lease of one app for as long as an operation takes, and renews it when a third of it is
 * over: between the calls of the operation, and while they take their time by a heartbeat.
 */
final class LeaseKeeper implements AutoCloseable {

  private final Site site;
  private volatile Lease lease;
  private Instant keptAt;
  private @Nullable FencedOffException lost;
  private boolean given;
  private Runnable stopBeating = () -> {};

  private LeaseKeeper(Site site, Lease lease) {
    this.site = site;
    this.lease = lease;
    this.keptAt = site.clock().instant();
  }

  /**
   * Takes the lease of {@code app} for something short.
   *
   * @throws dev.switchback.storage.LeaseHeldException if somebody has it
   */
  static LeaseKeeper take(Site site, AppId app) {
    return new LeaseKeeper(
        site, site.storage().leases().acquire(app, site.holder(), site.leaseDuration()));
  }

  /**
   * Takes the lease of {@code app} for something that may take its time.
   *
   * @throws dev.switchback.storage.LeaseHeldException if somebody has it
   */
  static LeaseKeeper hold(Site site, AppId app) {
    LeaseKeeper keeper = take(site, app);
    keeper.stopBeating = site.heartbeats().start(keeper.third(), keeper::beat);
    return keeper;
  }

  Lease current() {
    return lease;
  }

  /**
   * Renews the lease once a third of it is over. To be called before everything that has an effect
   * elsewhere: a process that was away for longer than its lease learns here that somebody took over.
   *
   * @throws FencedOffException if the lease has passed to another holder: whoever called this must
   *     stop
   */
  synchronized void keep() {
    if (lost != null) {
      throw lost;
    }
    Instant now = site.clock().instant();
    if (now.isBefore(keptAt.plus(third()))) {
      return;
    }
    try {
      renew(now);
    } catch (FencedOffException e) {
      lost = e;
      throw e;
    } catch (SwitchbackException e) {
      // It holds until it has run out; the next one to call may have more luck.
      if (!now.isBefore(keptAt.plus(site.leaseDuration()))) {
        throw e;
      }
    }
  }

  private synchronized void beat() {
    if (given || lost != null) {
      return;
    }
    try {
      renew(site.clock().instant());
    } catch (FencedOffException e) {
      lost = e;
    } catch (RuntimeException e) {
      System.getLogger(LeaseKeeper.class.getName())
          .log(System.Logger.Level.DEBUG, "Cannot renew the lease of " + lease.app() + " yet", e);
    }
  }

  private void renew(Instant now) {
    lease = site.storage().leases().renew(lease, site.leaseDuration());
    keptAt = now;
  }

  private Duration third() {
    return site.leaseDuration().dividedBy(3);
  }

  /** Notes that a commit gave the lease back. */
  synchronized void given() {
    given = true;
  }

  /** Gives the lease back, unless a commit did; one that cannot be given back runs out by itself. */
  @Override
  public void close() {
    stopBeating.run();
    synchronized (this) {
      if (given || lost != null) {
        return;
      }
      given = true;
    }
    try {
      site.storage().leases().release(lease);
    } catch (SwitchbackException e) {
      System.getLogger(LeaseKeeper.class.getName())
          .log(System.Logger.Level.DEBUG, "Cannot release the lease of " + lease.app(), e);
    }
  }
}
