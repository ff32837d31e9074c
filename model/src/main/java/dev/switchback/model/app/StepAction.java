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
  /** Bring what the components share (routes, config groups, manifests, plugins) up to date. */
  SHARED
}
