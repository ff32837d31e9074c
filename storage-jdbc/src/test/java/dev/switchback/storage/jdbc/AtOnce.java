// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * How threads fared that did the same at the same moment.
 *
 * @param values what those got who were let through
 * @param refusals what the others were told
 */
record AtOnce<T>(List<T> values, List<Throwable> refusals) {

  /** Lets {@code threads} of them do {@code work}, each with its number from 0. */
  static <T> AtOnce<T> run(int threads, IntFunction<T> work) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        futures.add(executor.submit(() -> {
          start.await();
          return work.apply(number);
        }));
      }
      AtOnce<T> outcome = new AtOnce<>(new ArrayList<>(), new ArrayList<>());
      for (Future<T> future : futures) {
        try {
          outcome.values.add(future.get());
        } catch (ExecutionException e) {
          outcome.refusals.add(e.getCause());
        }
      }
      return outcome;
    } finally {
      executor.shutdownNow();
    }
  }
}
