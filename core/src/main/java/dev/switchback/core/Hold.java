// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.VersionRef;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's word that an app must not change, or must not go to a version, until it is released.
 *
 * <p>A hold of an app keeps every new operation from it; what is under way can be finished, resumed
 * or cancelled. A hold of a version keeps installs and upgrades from that version only: rolling back
 * and taking down stay possible.
 *
 * @param app the app
 * @param held the version that the app must not go to; null if the app must not change at all
 * @param actor who held it
 * @param reason why, in the words of the actor
 * @param since when
 */
public record Hold(
    AppId app, @Nullable VersionRef held, String actor, String reason, Instant since) {

  /** Checks that nothing is missing. */
  public Hold {
    requireNonNull(app, "app");
    requireNonNull(actor, "actor");
    requireNonNull(reason, "reason");
    requireNonNull(since, "since");
  }

  /** Returns the version that the app must not go to; empty if it must not change at all. */
  public Optional<VersionRef> version() {
    return Optional.ofNullable(held);
  }
}
