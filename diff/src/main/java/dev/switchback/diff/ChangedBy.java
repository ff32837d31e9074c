// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

/** Who moved an item away from the base. */
public enum ChangedBy {
  /** The target differs from the base, the recorded state does not. */
  VENDOR,
  /** The recorded state differs from the base, the target does not. */
  OPERATOR,
  /** Both differ from the base, and are equal. */
  BOTH_ALIKE,
  /** Both differ from the base and from each other. */
  BOTH
}
