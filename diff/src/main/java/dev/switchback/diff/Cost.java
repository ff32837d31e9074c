// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

/** What it takes to bring a change to what runs. Ordered: the dearest of several changes counts. */
public enum Cost {
  /** Nothing at run time: only the recorded state changes. */
  NOTHING,
  /** New settings: a rolling restart of what the change reaches, see {@link Reach}. */
  UPDATE,
  /** Another artifact. */
  BUILD
}
