// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import java.time.Instant;

/**
 * What a blob store knows of one blob.
 *
 * @param digest the digest of its bytes
 * @param size how many bytes it has
 * @param touchedAt when it was last put or found present, by the clock of the store
 */
public record StoredBlob(Digest digest, long size, Instant touchedAt) {

  /** Checks that nothing is missing. */
  public StoredBlob {
    requireNonNull(digest, "digest");
    requireNonNull(touchedAt, "touchedAt");
  }
}
