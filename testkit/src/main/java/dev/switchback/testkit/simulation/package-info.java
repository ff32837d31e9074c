// SPDX-License-Identifier: Apache-2.0

/**
 * A deployment backend without a platform, for tests, examples and trials: {@link
 * dev.switchback.testkit.simulation.SimulatedBackend}. Needs no test framework.
 */
package dev.switchback.testkit.simulation;
