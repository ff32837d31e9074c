// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

/** What an operation does when one of its steps fails. */
public enum OnFailure {
  /** Begin no further step; what is done stays, and the record says so. */
  STOP,
  /** Go on with the steps that do not need the failed one; what is done stays. */
  CONTINUE,
  /** Take back what this operation did, so that the app is as before. */
  ROLL_BACK
}
