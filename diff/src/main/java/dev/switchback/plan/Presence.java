// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

/** Whether an artifact is where the operation can get at it. */
public enum Presence {
  /** It is there. */
  PRESENT,
  /** It was looked for and is not there: the plan cannot run. */
  MISSING,
  /** It was not looked for, or has no digest to look for. */
  UNKNOWN
}
