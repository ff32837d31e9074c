// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;

/**
 * A blob that somebody else who uses the same store needs.
 *
 * @param digest its digest
 * @param reason why it has to stay, such as "index.json lists it as 'nginx:1.27'"
 */
public record PinnedBlob(Digest digest, String reason) {

  /** Checks that nothing is missing. */
  public PinnedBlob {
    requireNonNull(digest, "digest");
    requireNonNull(reason, "reason");
  }
}
