// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.arbitraries;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.spec.AppSpec;

/**
 * Two specs of which the second came from the first by some edits; by none, now and then.
 *
 * @param older the first
 * @param newer the second
 */
public record SpecPair(AppSpec older, AppSpec newer) {

  /** Checks that nothing is missing. */
  public SpecPair {
    requireNonNull(older, "older");
    requireNonNull(newer, "newer");
  }
}
