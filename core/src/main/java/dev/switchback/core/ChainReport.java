// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is written about an app is as it was written: each record, and each entry of what
 * people decided, names the digest of the one before.
 *
 * <p>A chain shows a change to any link but the last. Whoever keeps {@link Chain#head()} elsewhere can
 * tell a change to the last one, and whether links were cut off, too.
 *
 * @param app the app
 * @param records the chain of its records
 * @param audit the chain of what people decided about it
 */
public record ChainReport(AppId app, Chain records, Chain audit) {

  /**
   * One chain.
   *
   * @param length how many links it has
   * @param last the digest of the last link; null if there is none
   * @param broken the first link that does not fit the one before; null if all do
   */
  public record Chain(
      int length, @Nullable Digest last, @Nullable Break broken) {

    /** Returns the digest of the last link; empty if there is none. */
    public Optional<Digest> head() {
      return Optional.ofNullable(last);
    }

    /** Returns the first link that does not fit the one before; empty if all do. */
    public Optional<Break> firstBreak() {
      return Optional.ofNullable(broken);
    }
  }

  /**
   * A link that does not fit the one before: that one was changed or removed, or something was put
   * between the two.
   *
   * @param link names it: the id of a record, the number of an entry
   * @param position its position in the chain, counted from 1
   * @param expected what the link before makes it expect: a digest, or {@code nothing} for the first
   * @param found what the link says
   */
  public record Break(String link, int position, String expected, String found) {

    /** Checks that nothing is missing. */
    public Break {
      requireNonNull(link, "link");
      requireNonNull(expected, "expected");
      requireNonNull(found, "found");
    }
  }

  /** Checks that nothing is missing. */
  public ChainReport {
    requireNonNull(app, "app");
    requireNonNull(records, "records");
    requireNonNull(audit, "audit");
  }

  /** Tells whether every link of both chains fits the one before. */
  public boolean isIntact() {
    return records.broken() == null && audit.broken() == null;
  }
}
