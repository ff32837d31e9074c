// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import dev.switchback.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the blobs of a package while it is checked: small ones in memory, others in files. */
final class Spool implements AutoCloseable {

  private static final int SMALL = 1024 * 1024;
  private static final long MEMORY = 32L * 1024 * 1024;

  private final Optional<Path> staging;
  private final SortedMap<Digest, Item> items = new TreeMap<>();
  private @Nullable Path directory;
  private long inMemory;

  Spool(Optional<Path> staging) {
    this.staging = staging;
  }

  /** A blob, and how to come by its bytes. */
  private record Item(long size, Content content) {}

  private interface Content {
    byte[] read() throws IOException;
  }

  /**
   * Reads the content of the current entry and keeps it under the digest that it really has.
   *
   * @return that digest
   * @throws IOException if the archive is damaged
   * @throws PackagingException if it could not be staged
   */
  Digest add(TarInput tar, long size) throws IOException {
    if (size > SMALL || inMemory + size > MEMORY) {
      return addFile(tar, size);
    }
    inMemory += size;
    byte[] bytes = readBytes(tar, (int) size);
    Digest digest = Digest.of(bytes);
    items.put(digest, new Item(size, () -> bytes));
    return digest;
  }

  static byte[] readBytes(TarInput tar, int size) throws IOException {
    byte[] bytes = new byte[size];
    int done = 0;
    while (done < size) {
      done += tar.read(bytes, done, size - done);
    }
    return bytes;
  }

  private Digest addFile(TarInput tar, long size) throws IOException {
    MessageDigest sha256 = Digest.newSha256();
    byte[] buffer = new byte[64 * 1024];
    int count;
    try (StagedFile file = new StagedFile()) {
      while ((count = tar.read(buffer, 0, buffer.length)) >= 0) {
        sha256.update(buffer, 0, count);
        file.write(buffer, count);
      }
      Digest digest = Digest.from(sha256);
      items.put(digest, new Item(size, () -> Files.readAllBytes(file.path)));
      return digest;
    }
  }

  /** A file whose failures are the disk's and not the package's. */
  private final class StagedFile implements AutoCloseable {

    private final Path path;
    private final OutputStream out;

    StagedFile() {
      try {
        path = Files.createTempFile(directory(), "blob", "");
        out = Files.newOutputStream(path);
      } catch (IOException e) {
        throw failed(e);
      }
    }

    void write(byte[] bytes, int count) {
      try {
        out.write(bytes, 0, count);
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private Path directory() throws IOException {
    Path made = directory;
    if (made == null) {
      made = staging.isPresent()
          ? Files.createTempDirectory(staging.get(), "switchback-package-")
          : Files.createTempDirectory("switchback-package-");
      directory = made;
    }
    return made;
  }

  private PackagingException failed(IOException cause) {
    return new PackagingException(
        "Cannot stage package in "
            + staging.map(Path::toString).orElse("the directory for temporary files")
            + ": "
            + Streams.reason(cause)
            + "; name a staging directory with enough space",
        cause);
  }

  /** Returns the digests of all blobs, sorted. */
  List<Digest> digests() {
    return List.copyOf(items.keySet());
  }

  /** Returns the size of a blob; empty if it is not here. */
  Optional<Long> size(Digest digest) {
    return Optional.ofNullable(items.get(digest)).map(Item::size);
  }

  /** Returns the bytes of a blob that is here. */
  byte[] bytes(Digest digest) {
    Item item = items.get(digest);
    if (item == null) {
      throw new IllegalStateException("The spool has no " + digest);
    }
    try {
      return item.content().read();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Forgets everything and removes the files. */
  @Override
  public void close() {
    items.clear();
    Path made = directory;
    directory = null;
    if (made == null) {
      return;
    }
    try {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(made)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(made);
    } catch (IOException e) {
      throw new PackagingException(
          "Cannot remove staging directory " + made + ": " + Streams.reason(e) + "; remove it", e);
    }
  }
}
