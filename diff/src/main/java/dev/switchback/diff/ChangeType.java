// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

/** The shapes of a {@link Change}. */
public enum ChangeType {
  /** An item that was not there before. */
  ADDED,
  /** An item that is there before and after, with other values. */
  EDITED,
  /** An item that is no longer there. */
  REMOVED
}
