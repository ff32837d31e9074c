// SPDX-License-Identifier: Apache-2.0
/**
 * Measures the stores beside what they are built on: a bare insert, a bare select, an append and
 * fsync, {@code cp} and a digest. Start at {@link dev.switchback.bench.storage.StorageRates}.
 */
@org.jspecify.annotations.NullMarked
package dev.switchback.bench.storage;
