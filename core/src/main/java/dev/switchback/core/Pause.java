// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import java.time.Duration;

/**
 * Waits between two looks at the health of components and between two attempts; a test hands in one
 * that does not wait.
 */
@FunctionalInterface
public interface Pause {

  /**
   * Waits.
   *
   * @param duration how long, more or less
   */
  void forAbout(Duration duration);

  /** Returns the pause that makes the calling thread wait. */
  static Pause real() {
    return RealPause.INSTANCE;
  }
}
