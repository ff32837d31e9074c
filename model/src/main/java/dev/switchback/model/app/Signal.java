// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

/** What somebody wants of an operation that is under way, maybe on another node. */
public enum Signal {
  /** Go on; the signal of an operation that nobody has touched. */
  RUN,
  /** Begin no further step and let go of the app, so that any node can go on later. */
  PAUSE,
  /** Begin no further step and take back what was done. */
  CANCEL
}
