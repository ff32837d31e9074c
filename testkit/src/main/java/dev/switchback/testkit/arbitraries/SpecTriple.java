// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.arbitraries;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.spec.AppSpec;

/**
 * The three specs of an upgrade. Operator and vendor have each edited the base, so that there are
 * items that one of them changed, that both changed alike, and that both changed differently.
 *
 * @param base what the app was installed from
 * @param recorded the base with the operator's edits
 * @param target the base with the vendor's edits
 */
public record SpecTriple(AppSpec base, AppSpec recorded, AppSpec target) {

  /** Checks that nothing is missing. */
  public SpecTriple {
    requireNonNull(base, "base");
    requireNonNull(recorded, "recorded");
    requireNonNull(target, "target");
  }
}
