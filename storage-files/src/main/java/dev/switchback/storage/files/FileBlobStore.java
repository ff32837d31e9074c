// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.DigestMismatchException;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.PinnedBlob;
import dev.switchback.storage.StorageException;
import dev.switchback.storage.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps blobs as an OCI image layout in a directory, so that {@code skopeo}, {@code oras} and
 * people can read it.
 *
 * <p><b>Threads:</b> safe for many threads, many stores and many processes on one directory; only
 * the moment in which a blob is touched, named or removed is locked. When a blob was last touched is
 * the time its file was modified. <b>Atomicity:</b> bytes are written to {@code staging}, synced,
 * renamed to their digest, and the name is synced; a blob is there whole or not at all. <b>After
 * failure:</b> a crash leaves nothing but staging files, which the next
 * open removes if the process that made them is dead (it no longer holds the lock on its lock
 * file). <b>Life cycle:</b> a put that runs during {@link #close} is finished. <b>Memory:</b> one
 * buffer for each running put, whatever the size.
 *
 * <p>The file system must offer file locks and atomic renames. A directory that is already complete
 * may be read-only: then only {@link #put} and {@link #delete} fail, and {@link #present} touches
 * nothing.
 */
public final class FileBlobStore implements BlobStore {

  private static final int BUFFER = 64 * 1024;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final Layout layout;
  private final Disk disk;
  private final Staging staging;
  private final boolean writable;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FileBlobStore(Layout layout, Disk disk, Staging staging) {
    this.layout = layout;
    this.disk = disk;
    this.staging = staging;
    this.writable = Files.isWritable(layout.blobs());
  }

  /**
   * Opens the store in {@code directory}; makes it if it is not there yet.
   *
   * @param directory an existing directory; a symbolic link to it is followed once, here
   * @throws StorageException if it is not a directory, cannot be written and is not complete, or
   *     holds a layout of another version; what was there before has not changed
   */
  public static FileBlobStore open(Path directory) {
    return open(directory, new Disk());
  }

  /** Opens the store over a disk that may be made to fail. */
  static FileBlobStore open(Path directory, Disk disk) {
    requireNonNull(directory, "directory");
    if (!Files.isDirectory(directory)) {
      throw new StorageException(
          "Cannot open blob store: " + directory + " is not a directory; make it first", null);
    }
    try {
      // Fixed now, so that a link that is turned elsewhere later does not split the store.
      Layout layout = new Layout(directory.toRealPath());
      Staging staging = new Staging(layout.staging(), disk);
      try {
        layout.prepare(staging, disk);
      } catch (IOException | RuntimeException e) {
        closeAfter(e, staging);
        throw e;
      }
      sweep(staging);
      FileBlobStore store = new FileBlobStore(layout, disk, staging);
      if (store.writable) {
        Guard.enter(layout.lock());
      }
      return store;
    } catch (IOException e) {
      throw Failures.of("Cannot open blob store in " + directory, directory, e);
    }
  }

  private static void closeAfter(Exception failure, Staging staging) {
    try {
      staging.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static void sweep(Staging staging) {
    try {
      staging.sweep();
    } catch (IOException e) {
      // Left-overs cost space and nothing else: the next open tries again.
      System.getLogger(FileBlobStore.class.getName())
          .log(System.Logger.Level.WARNING, "Cannot remove left-over staging files", e);
    }
  }

  @Override
  public Set<Digest> present(Collection<Digest> digests) {
    checkOpen();
    Set<Digest> present = new LinkedHashSet<>();
    try {
      for (Digest digest : digests) {
        if (has(digest) && (!writable || touch(digest))) {
          present.add(digest);
        }
      }
    } catch (IOException e) {
      throw failure("Cannot look for blobs", e);
    }
    return Collections.unmodifiableSet(present);
  }

  private boolean has(Digest digest) throws IOException {
    BasicFileAttributes found = layout.find(digest);
    return found != null && found.isRegularFile();
  }

  /** Touches a blob; returns false if it was removed meanwhile. */
  private boolean touch(Digest digest) throws IOException {
    return Guard.hold(layout.lock(), digest, () -> {
      if (!has(digest)) {
        return false;
      }
      disk.touch(layout.blob(digest));
      return true;
    });
  }

  @Override
  public Optional<InputStream> open(Digest digest) {
    checkOpen();
    requireNonNull(digest, "digest");
    try {
      BasicFileAttributes found = layout.find(digest);
      if (found == null) {
        return Optional.empty();
      }
      if (!found.isRegularFile()) {
        throw new StorageException(
            "Cannot open blob " + digest + ": " + layout.blob(digest) + " is not a file; remove it",
            null);
      }
      return Optional.of(Files.newInputStream(layout.blob(digest), READ, NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failure("Cannot open blob " + digest, e);
    }
  }

  @Override
  public void put(Digest digest, InputStream content) {
    checkOpen();
    requireNonNull(digest, "digest");
    requireNonNull(content, "content");
    try {
      if (has(digest)) {
        compare(digest, content);
      } else {
        write(digest, content);
      }
    } catch (IOException e) {
      throw failure("Cannot keep blob " + digest, e);
    }
  }

  /** Reads {@code content}, which is here already, to see that it is what it is said to be. */
  private void compare(Digest digest, InputStream content) throws IOException {
    Optional<InputStream> kept = open(digest);
    if (kept.isEmpty()) {
      write(digest, content);
      return;
    }
    try (InputStream here = kept.get()) {
      check(digest, copy(digest, content, null));
      if (touch(digest)) {
        // The writer that gave it its name may not have synced the name yet.
        disk.syncDirectory(layout.blobs());
      } else {
        write(digest, here); // removed meanwhile, but a file that is open can still be read
      }
    }
  }

  private void write(Digest digest, InputStream content) throws IOException {
    Staging.Part part = staging.begin();
    try {
      check(digest, copy(digest, content, part));
      disk.sync(part.channel());
      Guard.hold(layout.lock(), digest, () -> {
        disk.touch(part.path());
        disk.move(part.path(), layout.blob(digest));
        return true;
      });
      // Should this fail, the blob stays: it is whole, and another writer may rely on it already.
      disk.syncDirectory(layout.blobs());
    } catch (IOException | RuntimeException | Error e) { // whatever the stream throws
      endAfter(e, part);
      throw e;
    }
    staging.end(part);
  }

  private void endAfter(Throwable failure, Staging.Part part) {
    try {
      staging.end(part);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Reads {@code content} to its end, into {@code part} if there is one; returns its digest. */
  private Digest copy(Digest name, InputStream content, Staging.@Nullable Part part)
      throws IOException {
    MessageDigest sha256 = Digest.newSha256();
    byte[] buffer = new byte[BUFFER];
    int count;
    while ((count = read(name, content, buffer)) >= 0) {
      sha256.update(buffer, 0, count);
      if (part != null) {
        disk.write(part.channel(), ByteBuffer.wrap(buffer, 0, count));
      }
    }
    return Digest.from(sha256);
  }

  private static void check(Digest expected, Digest actual) {
    if (!actual.equals(expected)) {
      throw new DigestMismatchException(expected, actual);
    }
  }

  private static int read(Digest digest, InputStream content, byte[] buffer) {
    try {
      return content.read(buffer);
    } catch (IOException e) {
      throw new StorageException(
          "Cannot keep blob " + digest + ": its bytes could not be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Page<StoredBlob> list(PageRequest page) {
    checkOpen();
    Digest after = page.cursor().isEmpty() ? null : cursor(page.cursor());
    NavigableSet<Digest> first = new TreeSet<>(); // of those behind the cursor, one more than fit
    forEach(digest -> {
      if (after == null || digest.compareTo(after) > 0) {
        first.add(digest);
        if (first.size() > page.limit() + 1) {
          first.pollLast();
        }
      }
    });
    String next = "";
    if (first.size() > page.limit()) {
      first.pollLast();
      next = first.last().toString();
    }
    List<StoredBlob> items = new ArrayList<>();
    for (Digest digest : first) {
      stored(digest).ifPresent(items::add);
    }
    return new Page<>(items, next);
  }

  private static Digest cursor(String text) {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Invalid cursor '" + text + "': use the one that came with the page before", e);
    }
  }

  /** Empty if it was removed since its name was read. */
  private Optional<StoredBlob> stored(Digest digest) {
    try {
      BasicFileAttributes found = layout.find(digest);
      return found == null || !found.isRegularFile()
          ? Optional.empty()
          : Optional.of(
              new StoredBlob(digest, found.size(), found.lastModifiedTime().toInstant()));
    } catch (IOException e) {
      throw failure("Cannot look at blob " + digest, e);
    }
  }

  @Override
  public boolean delete(Digest digest, Instant touchedSince) {
    checkOpen();
    requireNonNull(digest, "digest");
    requireNonNull(touchedSince, "touchedSince");
    try {
      if (layout.find(digest) == null) {
        return false;
      }
      boolean removed = Guard.hold(layout.lock(), digest, () -> {
        BasicFileAttributes found = layout.find(digest);
        return found != null
            && found.lastModifiedTime().toInstant().isBefore(touchedSince)
            && disk.delete(layout.blob(digest));
      });
      if (removed) {
        disk.syncDirectory(layout.blobs());
      }
      return removed;
    } catch (IOException e) {
      throw failure("Cannot remove blob " + digest, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>These are the images and artifacts that {@code index.json} lists, in its order.
   *
   * @throws StorageException if {@code index.json} cannot be read or is not understood
   */
  @Override
  public List<PinnedBlob> pinned() {
    checkOpen();
    return entries().stream().map(ImageIndex::pinned).toList();
  }

  private List<ImageIndex.Pointer> entries() {
    try {
      return ImageIndex.entries(layout);
    } catch (IOException e) {
      throw failure("Cannot tell which blobs other tools need", e);
    }
  }

  /**
   * Reads every blob and compares it with its digest, and looks whether the images that {@code
   * index.json} lists are whole. Changes nothing; a damaged blob is mended by {@link #delete} and
   * {@link #put}, a missing one by {@link #put}.
   *
   * @return the damaged and missing blobs in the order of their digests; empty if all is well
   * @throws StorageException if the blobs could not be listed, or {@code index.json} not be read
   */
  public List<DamagedBlob> verify() {
    checkOpen();
    List<ImageIndex.Pointer> entries = entries();
    Set<Digest> digests = new TreeSet<>();
    forEach(digests::add);
    Verification verification = new Verification(layout);
    verification.compare(digests);
    try {
      verification.follow(entries);
    } catch (IOException e) {
      throw failure("Cannot look at the images that index.json lists", e);
    }
    return verification.damaged();
  }

  private void forEach(Consumer<Digest> action) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.blobs())) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (HEX.matcher(name).matches()) {
          action.accept(new Digest(name));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw failure("Cannot list blobs", requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw failure("Cannot list blobs", e);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        if (writable) {
          Guard.leave(layout.lock());
        }
        staging.close();
      } catch (IOException e) {
        throw failure("Cannot close blob store in " + layout.root(), e);
      }
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("The blob store in " + layout.root() + " is closed");
    }
  }

  private StorageException failure(String what, IOException cause) {
    return Failures.of(what, layout.root(), cause);
  }
}
