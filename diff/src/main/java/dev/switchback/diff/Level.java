// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

/** Where a property stands: on the app or on one of its components. */
public enum Level {
  /** A property of the app as a whole. */
  APP,
  /** A property of one component, or the component itself. */
  COMPONENT
}
