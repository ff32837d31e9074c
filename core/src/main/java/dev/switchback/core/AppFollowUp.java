// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.FollowUp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that an operation on an app left to be done by hand, and whether it was done.
 *
 * @param record the operation
 * @param followUp what is to be done
 * @param done who did it; null if it is still to be done
 */
public record AppFollowUp(
    RecordId record, FollowUp followUp, @Nullable Done done) {

  /**
   * Somebody's word that a follow-up was done.
   *
   * @param actor who said so
   * @param note what there is to say about it; may be empty
   * @param at when
   */
  public record Done(String actor, String note, Instant at) {

    /** Checks that nothing is missing. */
    public Done {
      requireNonNull(actor, "actor");
      requireNonNull(note, "note");
      requireNonNull(at, "at");
    }
  }

  /** Checks that nothing is missing. */
  public AppFollowUp {
    requireNonNull(record, "record");
    requireNonNull(followUp, "followUp");
  }

  /** Returns what names it among those of its app: record and follow-up, such as {@code 0192f1/F1}. */
  public String id() {
    return record + "/" + followUp.id();
  }

  /** Returns who did it; empty if it is still to be done. */
  public Optional<Done> ticked() {
    return Optional.ofNullable(done);
  }
}
