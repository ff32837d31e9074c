// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.json.internal.JsonPath;
import dev.switchback.model.Keyed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes keyed items of the entries of a list. Where several entries have the same key the last one
 * wins, as it does in Rainbond, with a warning; the document keeps them all.
 */
final class ItemList {

  private ItemList() {}

  /**
   * Reads a list of objects.
   *
   * @param read makes an item of an entry, or returns null to leave it out
   */
  static <T extends Keyed.Item> Keyed<T> read(
      Fields owner, String name, Function<Fields, @Nullable T> read) {
    List<JsonNode> entries = owner.list(name);
    if (entries.isEmpty()) {
      return Keyed.empty();
    }
    @Nullable Object[] items = new @Nullable Object[entries.size()];
    List<T> found = new ArrayList<>(entries.size());
    for (int i = 0; i < items.length; i++) {
      Fields entry = owner.entry(name, i, entries.get(i));
      T item = entry == null ? null : read.apply(entry);
      items[i] = item;
      if (item != null) {
        found.add(item);
      }
    }
    if (owner.reading().isRemembering()) {
      remember(owner, name, items);
    }
    return unique(found, owner.place().key(name), owner.reading());
  }

  private static void remember(Fields owner, String name, @Nullable Object[] items) {
    List<@Nullable String> keys = new ArrayList<>(items.length);
    for (Object item : items) {
      keys.add(item instanceof Keyed.Item keyed ? keyed.key() : null);
    }
    owner.reading().remember(owner.node().get(name), keys);
  }

  /** Returns the items by key, the last of each. */
  static <T extends Keyed.Item> Keyed<T> unique(List<T> items, Place place, Reading reading) {
    if (items.size() > 1) {
      Map<String, T> last = new HashMap<>(items.size() * 2);
      for (T item : items) {
        if (last.put(item.key(), item) != null) {
          reading.findings.warning(
              "duplicate-item",
              place,
              "'" + JsonPath.shorten(item.key()) + "' stands more than once; the last counts",
              "keep one of them");
        }
      }
      if (last.size() < items.size()) {
        return Keyed.copyOf(last.values());
      }
    }
    return Keyed.copyOf(items);
  }

  /** Leaves an entry out because it does not say what identifies it. */
  static void leaveOut(Fields entry, String... names) {
    entry
        .reading()
        .findings
        .warning(
            "nameless-item",
            entry.place(),
            "an entry has no " + String.join(" or ", Arrays.asList(names)) + " and is left out",
            "");
  }
}
