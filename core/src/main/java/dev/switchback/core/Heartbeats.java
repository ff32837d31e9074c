// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does something again and again beside an operation, on a thread of its own. */
@FunctionalInterface
interface Heartbeats {

  /**
   * Starts to run {@code beat} every {@code interval}.
   *
   * @return what stops it
   */
  Runnable start(Duration interval, Runnable beat);

  /** Returns the one that never beats: what is to be done is done between two calls. */
  static Heartbeats none() {
    return (interval, beat) -> () -> {};
  }

  /** Returns one that beats on a thread of {@code scheduler}. */
  static Heartbeats on(ScheduledExecutorService scheduler) {
    return (interval, beat) -> {
      ScheduledFuture<?> beats = scheduler.scheduleWithFixedDelay(
          beat, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
      return () -> beats.cancel(false);
    };
  }

  /** Makes a scheduler with a thread that goes when there is nothing to do, and keeps no JVM up. */
  static ScheduledExecutorService scheduler() {
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "switchback-heartbeat");
      thread.setDaemon(true);
      return thread;
    });
    scheduler.setKeepAliveTime(10, TimeUnit.SECONDS);
    scheduler.allowCoreThreadTimeOut(true);
    scheduler.setRemoveOnCancelPolicy(true);
    return scheduler;
  }
}
