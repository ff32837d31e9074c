// SPDX-License-Identifier: Apache-2.0
/** Diff, merge and plan beside their peers, on templates of 10 to 10 000 components. */
@org.jspecify.annotations.NullMarked
package dev.switchback.bench.diff;
