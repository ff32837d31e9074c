// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.deploy.Observation;
import dev.switchback.model.app.AppState;
import java.util.List;

/**
 * An app as it is recorded and as its backend sees it.
 *
 * @param state the recorded state
 * @param observations what the backend sees, in key order; a component that is not there has none
 */
public record AppStatus(AppState state, List<Observation> observations) {

  /** Copies the observations. */
  public AppStatus {
    requireNonNull(state, "state");
    observations = List.copyOf(observations);
  }
}
