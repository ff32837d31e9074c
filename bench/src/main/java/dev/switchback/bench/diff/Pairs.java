// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Two versions of a template, in many copies of one form.
 *
 * <p>Taking another copy each time keeps the data out of the processor's caches, as that of documents
 * that were just read, or long ago, would be.
 *
 * @param <T> the form of a version
 */
final class Pairs<T> {

  private static final int COMPONENTS = 20_000;

  private final List<T> first = new ArrayList<>();
  private final List<T> second = new ArrayList<>();
  private int next;

  /** Makes as many as it takes for 20 000 components on either side, two at least. */
  Pairs(int size, BiFunction<Mix, Integer, T> form) {
    this(size, Math.max(2, COMPONENTS / size), form);
  }

  Pairs(int size, int count, BiFunction<Mix, Integer, T> form) {
    for (int seed = 0; seed < count; seed++) {
      Mix mix = new Mix(seed, size);
      first.add(form.apply(mix, 1));
      second.add(form.apply(mix, 2));
    }
    // Moves everything where it stays, so that no run pays for it.
    System.gc();
  }

  /** Makes as many of something that has both versions in itself. */
  static <T> Pairs<T> single(int size, Function<Mix, T> form) {
    List<T> last = new ArrayList<>();
    return new Pairs<>(size, (mix, version) -> {
      if (version == 1) {
        last.clear();
        last.add(form.apply(mix));
      }
      return last.get(0);
    });
  }

  /** Compares the next pair. */
  <R> R next(BiFunction<T, T, R> compare) {
    next = next + 1 < first.size() ? next + 1 : 0;
    return compare.apply(first.get(next), second.get(next));
  }

  /** Compares every pair and returns the results. */
  List<Integer> all(BiFunction<T, T, Integer> count) {
    List<Integer> results = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      results.add(count.apply(first.get(i), second.get(i)));
    }
    return results;
  }
}
