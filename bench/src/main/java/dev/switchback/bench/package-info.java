// SPDX-License-Identifier: Apache-2.0
/**
 * Runs benchmarks and writes what they say about us and our peers as ratios with their error. Start
 * at {@link dev.switchback.bench.Main}; a benchmark declares with {@link
 * dev.switchback.bench.Against} what it is compared with. The benchmarks are in packages by
 * subject.
 */
@org.jspecify.annotations.NullMarked
package dev.switchback.bench;
