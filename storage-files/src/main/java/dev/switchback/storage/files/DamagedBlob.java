// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;

/**
 * A blob whose bytes are no longer the ones that were kept, or that is missing although an image that
 * {@code index.json} lists needs it.
 *
 * @param digest the digest it was or should be kept under
 * @param problem what is wrong with it, one sentence
 */
public record DamagedBlob(Digest digest, String problem) {

  /** Checks that nothing is missing. */
  public DamagedBlob {
    requireNonNull(digest, "digest");
    requireNonNull(problem, "problem");
  }
}
