// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

/** Is told how an operation comes along. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * Takes note of an event. Called in order, on the thread that executes; what it throws is logged
   * and does not disturb the operation.
   */
  void on(ProgressEvent event);
}
