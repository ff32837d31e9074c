// SPDX-License-Identifier: Apache-2.0

/**
 * Generators of model values for property tests with jqwik. Start at {@link
 * dev.switchback.testkit.arbitraries.Specs}.
 */
package dev.switchback.testkit.arbitraries;
