// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.VersionRef;

/**
 * Where an installed component came from. After an upgrade of some components only, these differ
 * from one component to the next.
 *
 * @param version the template version it was installed from or last upgraded to
 * @param templateKey its key in that template; usually, but not always, its key in the app
 */
public record Origin(VersionRef version, ComponentKey templateKey) {

  /** Checks that nothing is missing. */
  public Origin {
    requireNonNull(version, "version");
    requireNonNull(templateKey, "templateKey");
  }
}
