// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

/** Proves the engine over the reference storage and the simulated backend, all schedules there are. */
final class MemoryCrashProofTest extends CrashProof {}
