// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

/** What a plan does with one difference. */
public enum Verdict {
  /** It will be made. */
  APPLY,
  /** It will not be made: what is there stays. */
  KEEP,
  /** Vendor and operator both changed it, and the request has to say which one wins. */
  CONFLICT
}
