// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to go on. Safe for use by many threads. */
public final class ManualClock implements InstantSource {

  private Instant now;

  /** Makes a clock that shows {@code now}. */
  public ManualClock(Instant now) {
    this.now = requireNonNull(now, "now");
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /**
   * Lets {@code duration} pass.
   *
   * @param duration not negative: time never runs backwards
   */
  public synchronized void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Invalid duration: " + duration + " is negative");
    }
    now = now.plus(duration);
  }
}
