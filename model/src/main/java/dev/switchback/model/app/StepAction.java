// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

/** What a step asks of the backend, from cheapest to dearest. Rainbond has the same ladder. */
public enum StepAction {
  /** Nothing at run time: only the recorded state changes. */
  NOTHING,
  /** Bring settings up to date with a rolling restart. */
  UPDATE,
  /** Run another artifact. */
  BUILD,
  /** Bring up a component that is not there. */
  CREATE,
  /** Take a component down; its volumes stay. */
  REMOVE,
  /**
   * Bring what the components share (routes, config groups, manifests, plugins) up to date, all but
   * what goes and may still be used.
   */
  SHARED,
  /** Take away what the components shared, once the last of them has let go of it. */
  UNSHARE;

  /** Tells whether it is about what the components share, and about no single one of them. */
  public boolean isShared() {
    return this == SHARED || this == UNSHARE;
  }
}
