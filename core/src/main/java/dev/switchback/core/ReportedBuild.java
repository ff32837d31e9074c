// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.app.Build;
import dev.switchback.model.spec.Image;

/**
 * A build of a component, as the host that made it reports it.
 *
 * @param version names the build within its component: 1 to 128 characters
 * @param status how it ended; only a successful one can be brought into use
 * @param image the artifact; its reference is empty if there is none
 * @param command the start command that goes with it; empty for the one in the image
 */
public record ReportedBuild(String version, Build.Status status, Image image, String command) {

  /** Checks that nothing is missing. */
  public ReportedBuild {
    requireNonNull(version, "version");
    requireNonNull(status, "status");
    requireNonNull(image, "image");
    requireNonNull(command, "command");
  }
}
