// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The word of one person that a plan may be executed.
 *
 * @param actor who approved
 * @param note why, in the words of the actor; may be empty
 * @param at when
 */
public record Approval(String actor, String note, Instant at) {

  /** Checks that nothing is missing. */
  public Approval {
    requireNonNull(actor, "actor");
    requireNonNull(note, "note");
    requireNonNull(at, "at");
  }
}
