// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.spec.AppSpec;

/**
 * An app as it is wanted.
 *
 * @param app the app
 * @param generation the generation that the operation brings about
 * @param spec everything in the app, as it is wanted once the operation is done; with more than that
 *     where {@link DeploymentBackend#applyShared} says so
 */
public record AppTarget(AppId app, long generation, AppSpec spec) {

  /** Checks that nothing is missing. */
  public AppTarget {
    requireNonNull(app, "app");
    requireNonNull(spec, "spec");
  }
}
