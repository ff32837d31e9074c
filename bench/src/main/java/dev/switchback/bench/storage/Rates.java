// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.bench.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Operations per second of several pieces of work, taken in turn round after round, there and back,
 * so that whatever else the machine does falls on all of them. A ratio is taken in each round, of
 * works that were measured seconds apart.
 */
final class Rates {

  /** One operation of one thread; the number counts its operations in this round. */
  interface Work {
    void run(int thread, long number) throws Exception;
  }

  private static final int WARM_UP_MILLIS = 3000;

  private final int rounds;
  private final long millis;
  private final Map<String, Work> works = new LinkedHashMap<>();
  private final Map<String, List<Double>> found = new LinkedHashMap<>();

  Rates(int rounds, long millis) {
    this.rounds = rounds;
    this.millis = millis;
  }

  void add(String name, Work work) {
    works.put(name, work);
    found.put(name, new ArrayList<>());
  }

  /** Measures everything added, after a longer round in which its code is compiled. */
  void measure(int threads) throws Exception {
    List<String> names = new ArrayList<>(works.keySet());
    found.values().forEach(List::clear);
    for (int round = 0; round <= rounds; round++) {
      for (String name : names) {
        long duration = round == 0 ? Math.max(millis, WARM_UP_MILLIS) : millis;
        double rate = rate(threads, duration, requireNonNull(works.get(name)));
        if (round > 0) {
          found(name).add(rate);
        }
      }
      Collections.reverse(names);
    }
  }

  /** Returns operations per second. */
  Measure rate(String name) {
    return mean(found(name));
  }

  /** Returns how many times as long {@code name} takes as {@code other}. */
  Measure ratio(String name, String other) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ratios.add(found(other).get(round) / found(name).get(round));
    }
    return mean(ratios);
  }

  private List<Double> found(String name) {
    return requireNonNull(found.get(name), name);
  }

  private static Measure mean(List<Double> values) {
    ListStatistics statistics = new ListStatistics();
    values.forEach(statistics::addValue);
    return new Measure(statistics.getMean(), statistics.getMeanErrorAt(Measure.CONFIDENCE));
  }

  private static double rate(int threads, long millis, Work work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      AtomicBoolean over = new AtomicBoolean();
      CountDownLatch ready = new CountDownLatch(threads);
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        counts.add(executor.submit(() -> {
          ready.countDown();
          ready.await();
          long number = 0;
          while (!over.get()) {
            work.run(thread, number++);
          }
          return number;
        }));
      }
      ready.await();
      long start = System.nanoTime();
      Thread.sleep(millis);
      over.set(true);
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      return sum * 1e9 / (System.nanoTime() - start);
    } finally {
      executor.shutdownNow();
    }
  }
}
