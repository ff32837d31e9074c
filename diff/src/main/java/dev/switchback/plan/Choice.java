// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

/** How the operator decides a conflict. */
public enum Choice {
  /** Take the value of the template version. */
  TAKE_VENDOR,
  /** Keep the value that is there. */
  KEEP_MINE
}
