// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

/**
 * The limits of one reading, as {@code ReadLimits} collects them.
 *
 * @param maxBytes the greatest size of a document, in bytes
 * @param maxDepth the greatest number of levels
 * @param maxStringLength the greatest number of characters in a text or key
 * @param maxNumberLength the greatest number of digits in a number
 * @param maxValues the greatest number of keys and values
 */
public record Limits(
    int maxBytes, int maxDepth, int maxStringLength, int maxNumberLength, int maxValues) {

  /** What fits every document we know of. */
  public static final Limits USUAL = new Limits(64 << 20, 128, 16 << 20, 1000, 2_000_000);
}
