// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import org.jspecify.annotations.Nullable;

/**
 * How one kind of value stands in JSON.
 *
 * @param <V> the kind of value
 */
interface Codec<V> {

  /** Writes {@code value}. */
  void write(V value, JsonOutput out);

  /**
   * Reads a value, from its first token to its last.
   *
   * @return the value; null if something is wrong with it, which {@code in} has then noted
   */
  @Nullable
  V read(JsonInput in);
}
