// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Several threads that do the same at the same moment. */
final class Race {

  static final int RUNNERS = 8;

  /**
   * How one of them fared.
   *
   * @param runner its number, from 0
   * @param value what it got, if it was let through
   * @param failure what it was refused with, if it was
   */
  record Outcome<T>(int runner, @Nullable T value, @Nullable Throwable failure) {

    boolean succeeded() {
      return failure == null;
    }
  }

  private Race() {}

  /** Runs {@code work} once a runner, lets all go at once and returns the outcomes by runner. */
  static <T> List<Outcome<T>> run(IntFunction<T> work) {
    CountDownLatch ready = new CountDownLatch(RUNNERS);
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService executor = Executors.newFixedThreadPool(RUNNERS);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < RUNNERS; i++) {
        int runner = i;
        Callable<T> task = () -> {
          ready.countDown();
          go.await();
          return work.apply(runner);
        };
        futures.add(executor.submit(task));
      }
      ready.await();
      go.countDown();
      List<Outcome<T>> outcomes = new ArrayList<>();
      for (int i = 0; i < RUNNERS; i++) {
        outcomes.add(outcome(i, futures.get(i)));
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The test was interrupted", e);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Like {@link #run}, for work without a result. */
  static List<Outcome<Boolean>> runAll(IntConsumer work) {
    return run(runner -> {
      work.accept(runner);
      return true;
    });
  }

  private static <T> Outcome<T> outcome(int runner, Future<T> future) throws InterruptedException {
    try {
      return new Outcome<>(runner, future.get(), null);
    } catch (ExecutionException e) {
      return new Outcome<>(runner, null, e.getCause());
    }
  }
}
