// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;

/**
 * A blob whose bytes are no longer the ones that were kept.
 *
 * @param digest the digest it was kept under
 * @param problem what is wrong with it, one sentence
 */
public record DamagedBlob(Digest digest, String problem) {

  /** Checks that nothing is missing. */
  public DamagedBlob {
    requireNonNull(digest, "digest");
    requireNonNull(problem, "problem");
  }
}
