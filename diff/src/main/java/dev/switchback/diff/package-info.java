// SPDX-License-Identifier: Apache-2.0
/**
 * Differences between two specs, who made them, and which component is which.
 *
 * <p>Start at {@link dev.switchback.diff.PropertyKind}, the one table of everything that can differ;
 * then {@link dev.switchback.diff.Diff} for two specs, {@link dev.switchback.diff.ThreeWay} for base,
 * recorded and target, and {@link dev.switchback.diff.Matching} for components whose keys moved. What
 * is done about a difference is not decided here but in {@code dev.switchback.plan}.
 */
package dev.switchback.diff;
