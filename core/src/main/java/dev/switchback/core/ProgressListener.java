// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

/** Is told how an operation comes along. */
@FunctionalInterface
public interface ProgressListener {

  /**
   * Takes note of an event. Called for one event after the other, in order, on a thread that works on
   * the operation: it should be quick. What it throws is logged and does not disturb the operation.
   */
  void on(ProgressEvent event);
}
