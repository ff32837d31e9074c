// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages by key: the cursor is the key of the last item, so what comes or goes does not move it. */
final class Paging {

  /**
   * A document and its place in the list.
   *
   * @param key the key
   * @param document the document
   */
  record Entry(String key, String document) {}

  /** Reads the two columns of an entry. */
  static final Session.RowReader<Entry> ENTRY =
      row -> new Entry(row.getString(1), row.getString(2));

  private Paging() {}

  /** Returns how many rows to ask for: one more than fit, to learn whether there are more. */
  static int rows(PageRequest request) {
    return request.limit() + 1;
  }

  /** Makes a page of the rows found. */
  static <T> Page<T> page(PageRequest request, List<Entry> found, Function<String, T> item) {
    boolean more = found.size() > request.limit();
    List<Entry> entries = more ? found.subList(0, request.limit()) : found;
    return new Page<>(
        entries.stream().map(entry -> item.apply(entry.document())).toList(),
        more ? entries.get(entries.size() - 1).key() : "");
  }

  /**
   * Returns the greatest number that a list from great to small goes on with.
   *
   * @throws IllegalArgumentException if the cursor came from another list
   */
  static long upTo(PageRequest request) {
    return request.cursor().isEmpty() ? Long.MAX_VALUE : below(request) - 1;
  }

  /**
   * Returns the text that a list goes on behind.
   *
   * @throws IllegalArgumentException if the cursor came from another list
   */
  static String behind(PageRequest request) {
    if (request.cursor().chars().anyMatch(Character::isISOControl)) { // no key has one
      throw invalid(request, null);
    }
    return request.cursor();
  }

  /**
   * Returns the number that a list from great to small goes on below.
   *
   * @throws IllegalArgumentException if the cursor came from another list
   */
  static long below(PageRequest request) {
    if (request.cursor().isEmpty()) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(request.cursor());
    } catch (NumberFormatException e) {
      throw invalid(request, e);
    }
  }

  private static IllegalArgumentException invalid(
      PageRequest request, @Nullable NumberFormatException cause) {
    return new IllegalArgumentException(
        "Invalid cursor '" + request.cursor() + "': use the one that came with the page before",
        cause);
  }
}
