// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.Digest;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.DigestMismatchException;
import dev.switchback.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A blob store in memory: the reference of what the contract means, and a quick one for tests. It
 * holds blobs whole, so it is for small ones.
 */
public final class MemoryBlobStore implements BlobStore {

  private final Map<Digest, byte[]> blobs;
  private final Handle handle = new Handle();

  /** Makes an empty store. */
  public MemoryBlobStore() {
    this(new ConcurrentHashMap<>());
  }

  private MemoryBlobStore(Map<Digest, byte[]> blobs) {
    this.blobs = blobs;
  }

  /** Opens another handle on the same content; possible after this one was closed, too. */
  public MemoryBlobStore another() {
    return new MemoryBlobStore(blobs);
  }

  /** Returns the digests of all blobs that are here, in order. */
  public Set<Digest> digests() {
    return Collections.unmodifiableSet(new TreeSet<>(blobs.keySet()));
  }

  @Override
  public Set<Digest> present(Collection<Digest> digests) {
    handle.checkOpen();
    Set<Digest> present = new TreeSet<>(digests);
    present.retainAll(blobs.keySet());
    return Collections.unmodifiableSet(present);
  }

  @Override
  public Optional<InputStream> open(Digest digest) {
    handle.checkOpen();
    return Optional.ofNullable(blobs.get(digest)).map(ByteArrayInputStream::new);
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
    blobs.putIfAbsent(digest, bytes);
  }

  @Override
  public void delete(Digest digest) {
    handle.checkOpen();
    blobs.remove(digest);
  }

  @Override
  public void close() {
    handle.close();
  }
}
