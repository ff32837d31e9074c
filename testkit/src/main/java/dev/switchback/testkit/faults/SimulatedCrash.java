// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.faults;

/**
 * Stands for the end of the process: an error, so that no handler of exceptions takes it for a
 * failure it can deal with. Whoever catches it must not clean up either: every further call throws it
 * again.
 */
public final class SimulatedCrash extends Error {

  private static final long serialVersionUID = 1L;

  SimulatedCrash(String call) {
    super("The simulated process ended at " + call);
  }
}
