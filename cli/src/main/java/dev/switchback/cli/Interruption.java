// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.model.RecordId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Pauses an operation when the process is asked to end, as by Ctrl-C, and keeps it up until the
 * operation has let go of its app. What does not let go in time is left to recovery.
 */
final class Interruption {

  private static final long PATIENCE_SECONDS = 30;

  private Interruption() {}

  /**
   * Does {@code work}, which returns when the operation has let go of its app and all that was to be
   * printed about it is printed.
   *
   * @param pause asks the operation to pause; returns at once
   */
  static <T> T pausing(RecordId record, Runnable pause, Output output, Supplier<T> work) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> pause(record, pause, output, ended), "switchback-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      ended.countDown();
      forget(hook);
    }
  }

  private static void pause(RecordId record, Runnable pause, Output output, CountDownLatch ended) {
    try {
      output.warn("interrupted, pausing " + record);
      pause.run();
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        output.warn(
            record + " is still at a step; 'recover' sees to it once its lease has run out");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      output.warn("cannot pause " + record + ": " + e.getMessage());
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook with it.
    }
  }
}
