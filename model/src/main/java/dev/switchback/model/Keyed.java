// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.internal.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Stream;

/**
 * An immutable collection of items with unique keys, kept in key order.
 *
 * <p>Order of insertion does not matter: two collections with the same items are equal and iterate
 * alike, so anything computed from them is the same on every JVM. Being sorted, two of them can be
 * compared in one linear pass.
 *
 * @param <T> the kind of item
 */
public final class Keyed<T extends Keyed.Item> implements Iterable<T> {

  /** Something with a key that is unique among its siblings and stable across versions. */
  public interface Item {

    /** Returns the key; never null, may be empty for an only child. */
    String key();
  }

  private static final Keyed<Item> EMPTY = new Keyed<>(new Item[0]);

  // An array of its own, not a list: two specs have tens of thousands of collections, a diff of
  // them
  // waits for memory, and each object between here and the items is one more wait.
  private final Item[] items;
  private int hash;

  private Keyed(Item[] items) {
    this.items = items;
  }

  /** Returns the collection without items. */
  @SuppressWarnings("unchecked") // holds nothing, so the element type cannot matter
  public static <T extends Item> Keyed<T> empty() {
    return (Keyed<T>) EMPTY;
  }

  /**
   * Makes a collection of {@code items}.
   *
   * @throws IllegalArgumentException if two items have the same key; the message names both
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends Item> Keyed<T> of(T... items) {
    return copyOf(Arrays.asList(items));
  }

  /**
   * Makes a collection of {@code items}, in any order.
   *
   * @throws IllegalArgumentException if two items have the same key; the message names both
   */
  public static <T extends Item> Keyed<T> copyOf(Collection<? extends T> items) {
    if (items.isEmpty()) {
      return empty();
    }
    Item[] sorted = items.toArray(Item[]::new);
    if (!isAscending(sorted)) {
      Arrays.sort(sorted, (left, right) -> left.key().compareTo(right.key()));
      for (int i = 1; i < sorted.length; i++) {
        if (sorted[i - 1].key().equals(sorted[i].key())) {
          throw new IllegalArgumentException(
              "Invalid collection: the key '" + Check.shorten(sorted[i].key())
                  + "' stands twice, for " + sorted[i - 1] + " and " + sorted[i]);
        }
      }
    }
    return new Keyed<>(sorted);
  }

  private static boolean isAscending(Item[] items) {
    for (int i = 1; i < items.length; i++) {
      if (items[i - 1].key().compareTo(items[i].key()) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Collects a stream of items; fails like {@link #copyOf} on a key that stands twice. */
  public static <T extends Item> Collector<T, ?, Keyed<T>> collector() {
    return Collector.<T, List<T>, Keyed<T>>of(
        ArrayList::new,
        List::add,
        (left, right) -> {
          left.addAll(right);
          return left;
        },
        Keyed::copyOf);
  }

  /** Returns the item with {@code key}, or empty if there is none. Takes logarithmic time. */
  public Optional<T> find(String key) {
    int index = indexOf(key);
    return index < 0 ? Optional.empty() : Optional.of(get(index));
  }

  /** Tells whether an item has {@code key}. */
  public boolean contains(String key) {
    return indexOf(key) >= 0;
  }

  private int indexOf(String key) {
    return indexOf(requireNonNull(key, "key"), 0);
  }

  /** Returns where a key is from an index on; if it is not, one less than minus where it would be. */
  private int indexOf(String key, int from) {
    int low = from;
    int high = items.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = items[middle].key().compareTo(key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /** Returns a copy with {@code item} added, in place of the one that had its key. */
  public Keyed<T> with(T item) {
    List<T> next = new ArrayList<>(items.length + 1);
    for (T present : this) {
      if (!present.key().equals(item.key())) {
        next.add(present);
      }
    }
    next.add(item);
    return copyOf(next);
  }

  /**
   * Returns a copy with many items put or taken away at once. Reads little more than those.
   *
   * @param edits the item to have under each key, and empty to have none
   * @throws IllegalArgumentException if an item has another key than the one it stands under
   */
  public Keyed<T> with(Map<String, Optional<T>> edits) {
    Item[] next = new Item[items.length + edits.size()];
    int size = 0;
    int from = 0;
    for (Map.Entry<String, Optional<T>> edit : new TreeMap<>(edits).entrySet()) {
      int index = indexOf(edit.getKey(), from);
      int until = index < 0 ? -index - 1 : index;
      System.arraycopy(items, from, next, size, until - from);
      size += until - from;
      from = index < 0 ? until : until + 1;
      T item = edit.getValue().orElse(null);
      if (item != null) {
        if (!item.key().equals(edit.getKey())) {
          throw new IllegalArgumentException("Invalid edit of '" + Check.shorten(edit.getKey())
              + "': the item has the key '" + Check.shorten(item.key()) + "'");
        }
        next[size++] = item;
      }
    }
    System.arraycopy(items, from, next, size, items.length - from);
    size += items.length - from;
    return size == 0 ? empty() : new Keyed<>(Arrays.copyOf(next, size));
  }

  /** Returns a copy without the item that has {@code key}; the same collection if there is none. */
  public Keyed<T> without(String key) {
    if (!contains(key)) {
      return this;
    }
    return copyOf(stream().filter(item -> !item.key().equals(key)).toList());
  }

  /**
   * Returns an equal collection that holds the very items of an earlier one wherever they are equal, so
   * that comparing the two looks at nothing but what differs.
   *
   * @return {@code earlier} if it is equal, this collection if no item is
   */
  public Keyed<T> sharing(Keyed<T> earlier) {
    if (equals(earlier)) {
      return earlier;
    }
    Item[] shared = items.clone();
    boolean any = false;
    int j = 0;
    for (int i = 0; i < shared.length; i++) {
      int order = 1;
      while (j < earlier.items.length
          && (order = earlier.items[j].key().compareTo(shared[i].key())) < 0) {
        j++;
      }
      if (order == 0 && shared[i].equals(earlier.items[j])) {
        shared[i] = earlier.items[j];
        any = true;
      }
    }
    return any ? new Keyed<>(shared) : this;
  }

  /** Returns the number of items. */
  public int size() {
    return items.length;
  }

  /** Tells whether there are no items. */
  public boolean isEmpty() {
    return items.length == 0;
  }

  /** Returns the item at {@code index}, counted from zero in key order. */
  @SuppressWarnings("unchecked") // only a T goes in
  public T get(int index) {
    return (T) items[index];
  }

  /** Returns the items in key order; the list cannot be changed. */
  @SuppressWarnings("unchecked") // as above
  public List<T> asList() {
    return (List<T>) Collections.unmodifiableList(Arrays.asList(items));
  }

  /** Streams the items in key order. */
  public Stream<T> stream() {
    return asList().stream();
  }

  /** Iterates in key order; the iterator cannot remove. */
  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < items.length;
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return get(next++);
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Keyed<?> keyed && Arrays.equals(items, keyed.items));
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(items);
    }
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(items);
  }
}
