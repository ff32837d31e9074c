// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.Digest;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps bytes under their SHA-256 digest. Nothing is ever held in memory whole. */
public interface BlobStore extends AutoCloseable {

  /**
   * Returns those of {@code digests} that are here, in any order, and touches them: {@link #delete}
   * leaves alone what was touched after the time it is given.
   *
   * @throws StorageException if it could not be found out
   */
  Set<Digest> present(Collection<Digest> digests);

  /**
   * Opens the bytes with {@code digest} for reading; the caller closes the stream. Empty if they are
   * not here.
   *
   * @throws StorageException if they could not be opened
   */
  Optional<InputStream> open(Digest digest);

  /**
   * Keeps the bytes of {@code content}, read to its end, under {@code digest}. Does nothing more if
   * they are here already, but for touching them. Several writers of the same bytes do not disturb each other.
   *
   * @throws DigestMismatchException if the bytes have another digest; nothing was kept
   * @throws StorageException if they could not be read or written; nothing was kept, or, if the failure
   *     came at the very end, all of them
   */
  void put(Digest digest, InputStream content);

  /**
   * Lists the blobs by digest.
   *
   * @throws StorageException if they could not be read
   */
  Page<StoredBlob> list(PageRequest page);

  /**
   * Removes the bytes with {@code digest} if they are here and were not touched at {@code touchedSince}
   * or later. Who found them present or put them meanwhile keeps them.
   *
   * @return true if they were removed
   * @throws StorageException if they could not be removed
   */
  boolean delete(Digest digest, Instant touchedSince);

  /**
   * Returns the blobs that others who use the same store need, in any order; they need not be here.
   * Who collects keeps them and whatever their manifests point at; {@link #delete} does not ask. Empty
   * for a store that only Switchback uses.
   *
   * @throws StorageException if it could not be found out; nothing may be collected then
   */
  default List<PinnedBlob> pinned() {
    return List.of();
  }

  /** Closes the store; nothing is lost by it. A second call does nothing. */
  @Override
  void close();
}
