// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import java.time.Duration;
import java.time.Instant;

/**
 * How much time has passed since an operation began, in nanoseconds: by the clock of the site or,
 * where a test's pause does not really wait, by what it was asked to wait. So no wait is without end.
 */
final class Elapsed {

  private final Site site;
  private final Instant start;
  private long waited;

  Elapsed(Site site) {
    this.site = site;
    this.start = site.clock().instant();
  }

  synchronized long nanos() {
    long passed = Duration.between(start, site.clock().instant()).toNanos();
    return site.waitsReally() ? passed : Math.max(passed, waited);
  }

  /** Waits for {@code nanos}, or less if the waiting thread is woken up. */
  void pause(long nanos) {
    site.pause().forAbout(Duration.ofNanos(nanos));
    synchronized (this) {
      waited += nanos;
    }
  }
}
