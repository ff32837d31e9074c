// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.Digest;

/** Says that bytes are not the ones they were said to be. Nothing was kept. */
public final class DigestMismatchException extends StorageException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param expected the digest the bytes were to have
   * @param actual the digest they have
   */
  public DigestMismatchException(Digest expected, Digest actual) {
    super(
        "digest-mismatch",
        "Cannot keep bytes as " + expected + ": their digest is " + actual,
        null);
  }
}
