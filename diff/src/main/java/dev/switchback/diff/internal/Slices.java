// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff.internal;

import dev.switchback.model.Keyed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Looks at large collections on as many processors as there are: cuts them at the same keys, so that
 * what has one key is in one slice, and puts the results in the order of the keys. To compare what
 * was just read is to wait for memory, which several processors can do at once.
 *
 * <p>Source: decision record 0022.
 */
public final class Slices {

  /** Of the first collection, in a slice: less takes as long as to hand it to another processor. */
  static final int SIZE = 500;

  private Slices() {}

  /**
   * Does {@code work} with every slice; of small collections there is one.
   *
   * @param collections at least one
   * @param work is given the items of each collection between two keys; may run in any thread, and
   *     must not depend on other slices
   */
  public static <T extends Keyed.Item, R> List<R> map(
      List<Keyed<T>> collections, Function<List<List<T>>, R> work) {
    List<T> first = collections.get(0).asList();
    int count = Math.max(1, first.size() / SIZE);
    if (count == 1) {
      return List.of(work.apply(collections.stream().map(Keyed::asList).toList()));
    }
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(slice -> work.apply(slice(collections, slice, count)))
        .toList();
  }

  private static <T extends Keyed.Item> List<List<T>> slice(
      List<Keyed<T>> collections, int slice, int count) {
    List<T> first = collections.get(0).asList();
    List<List<T>> parts = new ArrayList<>(collections.size());
    for (Keyed<T> each : collections) {
      List<T> items = each.asList();
      int start = slice == 0 ? 0 : position(items, key(first, slice, count));
      int end = slice + 1 == count ? items.size() : position(items, key(first, slice + 1, count));
      parts.add(items.subList(start, end));
    }
    return parts;
  }

  /** Returns the key that a slice begins with. */
  private static String key(List<? extends Keyed.Item> first, int slice, int count) {
    return first.get((int) ((long) first.size() * slice / count)).key();
  }

  /** Returns how many items have smaller keys. */
  private static int position(List<? extends Keyed.Item> items, String key) {
    int low = 0;
    int high = items.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (items.get(middle).key().compareTo(key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
