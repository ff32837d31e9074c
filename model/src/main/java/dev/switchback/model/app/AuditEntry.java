// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.internal.Check;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something a person decided about an app that is no operation on it: a hold, an approval, a
 * follow-up ticked off. Entries are only ever added.
 *
 * <p>{@link #previous()} chains the entries of an app: it is the digest of the canonical JSON of the
 * entry before, so that an entry changed later shows.
 *
 * @param app the app
 * @param sequence the position among the entries of the app, counted from 1 without gaps
 * @param act what was decided
 * @param subject what it is about, as {@link Act} says
 * @param actor who decided
 * @param note why, in the words of the actor; may be empty, never a secret
 * @param at when
 * @param before the digest of the entry before; null for the first
 */
public record AuditEntry(
    AppId app,
    long sequence,
    Act act,
    String subject,
    String actor,
    String note,
    Instant at,
    @Nullable Digest before) {

  /** What was decided. */
  public enum Act {
    /** Nobody may change the app; subject: a version that it must not go to, or empty for all. */
    HOLD,
    /** A hold was taken away; subject: that of the hold. */
    RELEASE,
    /** A plan may be executed; subject: the digest of the plan. */
    APPROVE,
    /** A follow-up was done; subject: the record and the follow-up, such as {@code 0192f1/F1}. */
    TICK
  }

  /** Checks that nothing is missing. */
  public AuditEntry {
    requireNonNull(app, "app");
    Check.notNegative(sequence, "sequence");
    requireNonNull(act, "act");
    requireNonNull(subject, "subject");
    requireNonNull(actor, "actor");
    requireNonNull(note, "note");
    requireNonNull(at, "at");
  }

  /** Returns the digest of the entry before; empty for the first. */
  public Optional<Digest> previous() {
    return Optional.ofNullable(before);
  }
}
