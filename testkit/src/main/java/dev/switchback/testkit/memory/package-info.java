// SPDX-License-Identifier: Apache-2.0

/**
 * In-memory reference backends: {@link dev.switchback.testkit.memory.MemoryStorage} and {@link
 * dev.switchback.testkit.memory.MemoryBlobStore}, with {@link
 * dev.switchback.testkit.memory.ManualClock} to let leases expire. Needs no test framework.
 */
package dev.switchback.testkit.memory;
