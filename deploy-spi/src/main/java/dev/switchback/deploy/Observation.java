// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backend sees of one component.
 *
 * @param component the component
 * @param health how it is
 * @param generation the generation it was last brought to
 * @param step the step that brought it there
 * @param image the image that serves; null if none does, or the backend cannot tell
 * @param findings why it is not healthy, and what else is worth knowing, most telling first
 */
public record Observation(
    ComponentKey component,
    Health health,
    long generation,
    StepId step,
    @Nullable Image image,
    List<Finding> findings) {

  /** How a component is. */
  public enum Health {
    /** On its way to the state wanted; ask again. */
    PROGRESSING,
    /** Running as wanted, all probes good. */
    READY,
    /** Running, but not all of it, or a probe is not good. */
    DEGRADED,
    /** Not running, and it will not by itself. */
    FAILED
  }

  /**
   * One thing worth knowing about the health of a component.
   *
   * @param reason what kind of thing it is, stable: lower case with hyphens, such as {@code
   *     probe-failed}
   * @param message what the backend says, for a person; never a secret
   */
  public record Finding(String reason, String message) {

    /** Checks that nothing is missing. */
    public Finding {
      requireNonNull(reason, "reason");
      requireNonNull(message, "message");
    }
  }

  /** Checks that nothing is missing and copies the findings. */
  public Observation {
    requireNonNull(component, "component");
    requireNonNull(health, "health");
    requireNonNull(step, "step");
    findings = List.copyOf(findings);
  }
}
