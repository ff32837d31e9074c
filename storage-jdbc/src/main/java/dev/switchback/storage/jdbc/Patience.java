// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;

/**
 * How one connection waits for others that write to the same file: it asks again every quarter of a
 * millisecond. SQLite by itself asks ever less often, and so hardly comes between the writes of a
 * process that makes no pauses.
 */
final class Patience extends BusyHandler {

  private static final long PAUSE_NANOS = 250_000;

  private final long longest;
  private long since;

  Patience(Duration longest) {
    this.longest = longest.toNanos();
  }

  @Override
  protected int callback(int asked) {
    long now = System.nanoTime();
    if (asked == 0) {
      since = now;
    }
    if (now - since >= longest) {
      return 0;
    }
    boolean interrupted = Thread.interrupted(); // which would make it ask without pause
    LockSupport.parkNanos(PAUSE_NANOS);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return 1;
  }
}
