// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of one document share: what they find, and, for {@link Lens}, which item each
 * entry of a list was read as.
 */
final class Reading {

  final Findings findings = new Findings();
  private final @Nullable IdentityHashMap<JsonNode, List<@Nullable String>> keys;

  private Reading(@Nullable IdentityHashMap<JsonNode, List<@Nullable String>> keys) {
    this.keys = keys;
  }

  static Reading plain() {
    return new Reading(null);
  }

  /** Starts a reading that remembers which entry of which list became which item. */
  static Reading remembering() {
    return new Reading(new IdentityHashMap<>());
  }

  boolean isRemembering() {
    return keys != null;
  }

  /** Remembers the key of each entry of a list, null for an entry that was left out. */
  void remember(JsonNode list, List<@Nullable String> itemKeys) {
    if (keys != null) {
      keys.put(list, itemKeys);
    }
  }

  /** Returns the key of each entry, or null if it is no list of keyed items. */
  @Nullable
  List<@Nullable String> keysOf(JsonNode list) {
    return keys == null ? null : keys.get(list);
  }
}
