// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

/** What a rule says about a change that would lead from the recorded state to the target. */
public enum Answer {
  /** Take the target's. */
  APPLY,
  /** Keep what is recorded. */
  KEEP,
  /** Take the side that changed it; a conflict if both did, and not alike. */
  MERGE
}
