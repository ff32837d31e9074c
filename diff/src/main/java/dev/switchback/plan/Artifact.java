// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An artifact that the steps of a plan run.
 *
 * @param reference where it is fetched from
 * @param digest its digest; null if the reference alone names it
 * @param components the components that run it, in key order; empty if only a plugin does
 * @param presence whether it is there
 */
public record Artifact(
    String reference, @Nullable Digest digest, List<ComponentKey> components, Presence presence) {

  /** Checks that nothing is missing and copies the components. */
  public Artifact {
    requireNonNull(reference, "reference");
    components = List.copyOf(components);
    requireNonNull(presence, "presence");
  }
}
