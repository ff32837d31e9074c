// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Setting;
import dev.switchback.model.internal.Check;
import dev.switchback.model.spec.Image;
import java.time.Instant;

/**
 * One build of a component: the artifact that can be run, and gone back to, later.
 *
 * <p>Source: Rainbond's build versions ({@code deploy_version}).
 *
 * @param app the app
 * @param component the component
 * @param version names the build within its component: 1 to 128 characters; later builds have
 *     greater {@link #sequence()}, whatever the name
 * @param sequence the position in the history of the component, counted from 1
 * @param status how the build ended; only a successful one can be gone back to
 * @param image the artifact
 * @param command the start command that goes with it; empty for the one in the image
 * @param builtAt when it was reported
 */
public record Build(
    AppId app,
    ComponentKey component,
    String version,
    long sequence,
    Status status,
    Image image,
    String command,
    Instant builtAt) {

  /** How a build ended. */
  public enum Status {
    /** There is an artifact. */
    SUCCESS,
    /** There is none. */
    FAILURE,
    /** It was never heard of again. */
    LOST
  }

  /** Checks that nothing is missing. */
  public Build {
    requireNonNull(app, "app");
    requireNonNull(component, "component");
    Check.id(version, "build version", 128);
    Check.notNegative(sequence, "sequence");
    requireNonNull(status, "status");
    requireNonNull(image, "image");
    requireNonNull(command, "command");
    requireNonNull(builtAt, "builtAt");
  }

  /** Returns what was built, with its command masked if that looks like a secret. */
  @Override
  public String toString() {
    return app + "/" + component + " build " + version + " (" + sequence + ", " + status + ") "
        + image + " command=" + Setting.named("", command);
  }
}
