// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.DigestMismatchException;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.StoredBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A blob store in memory: the reference of what the contract means, and a quick one for tests. It
 * holds blobs whole, so it is for small ones.
 */
public final class MemoryBlobStore implements BlobStore {

  /** The bytes of one blob, and when they were last put or found present. */
  private static final class Kept {

    private final byte[] bytes;
    private final StoredBlob blob;

    Kept(Digest digest, byte[] bytes, Instant touchedAt) {
      this.bytes = bytes;
      this.blob = new StoredBlob(digest, bytes.length, touchedAt);
    }

    Kept touched(Instant now) {
      return new Kept(blob.digest(), bytes, now);
    }
  }

  private final InstantSource clock;
  private final ConcurrentNavigableMap<Digest, Kept> blobs;
  private final Handle handle = new Handle();

  /** Makes an empty store that tells the time by the system's clock. */
  public MemoryBlobStore() {
    this(InstantSource.system());
  }

  /** Makes an empty store that tells the time by {@code clock}. */
  public MemoryBlobStore(InstantSource clock) {
    this(requireNonNull(clock, "clock"), new ConcurrentSkipListMap<>());
  }

  private MemoryBlobStore(InstantSource clock, ConcurrentNavigableMap<Digest, Kept> blobs) {
    this.clock = clock;
    this.blobs = blobs;
  }

  /** Opens another handle on the same content; possible after this one was closed, too. */
  public MemoryBlobStore another() {
    return new MemoryBlobStore(clock, blobs);
  }

  /** Opens a handle on a copy of the content that tells the time by {@code clock}. */
  public MemoryBlobStore copy(InstantSource clock) {
    return new MemoryBlobStore(requireNonNull(clock, "clock"), new ConcurrentSkipListMap<>(blobs));
  }

  /** Returns the digests of all blobs that are here, in order. */
  public Set<Digest> digests() {
    return Collections.unmodifiableSet(new TreeSet<>(blobs.keySet()));
  }

  @Override
  public Set<Digest> present(Collection<Digest> digests) {
    handle.checkOpen();
    Instant now = clock.instant();
    Set<Digest> present = new TreeSet<>();
    for (Digest digest : digests) {
      if (blobs.computeIfPresent(digest, (it, kept) -> kept.touched(now)) != null) {
        present.add(digest);
      }
    }
    return Collections.unmodifiableSet(present);
  }

  @Override
  public Optional<InputStream> open(Digest digest) {
    handle.checkOpen();
    return Optional.ofNullable(blobs.get(digest)).map(kept -> new ByteArrayInputStream(kept.bytes));
  }

  @Override
  public void put(Digest digest, InputStream content) {
    handle.checkOpen();
    byte[] bytes;
    try {
      bytes = content.readAllBytes();
    } catch (IOException e) {
      throw new StorageException("Cannot keep " + digest + ": its bytes could not be read", e);
    }
    Digest actual = Digest.of(bytes);
    if (!actual.equals(digest)) {
      throw new DigestMismatchException(digest, actual);
    }
    blobs.put(digest, new Kept(digest, bytes, clock.instant()));
  }

  @Override
  public Page<StoredBlob> list(PageRequest page) {
    handle.checkOpen();
    return MemoryContent.page(
        blobs, page, Digest::parse, Digest::toString, kept -> true, kept -> kept.blob);
  }

  @Override
  public boolean delete(Digest digest, Instant touchedSince) {
    handle.checkOpen();
    Kept kept = blobs.get(digest);
    return kept != null
        && kept.blob.touchedAt().isBefore(touchedSince)
        && blobs.remove(digest, kept);
  }

  @Override
  public void close() {
    handle.close();
  }
}
