// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.testkit.simulation.SimulatedState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file with the state of the simulated site. It is replaced as a whole, so that a reader finds
 * either the state before a change or the one after it.
 */
final class SiteFile {

  // A file lock holds between processes only.
  private static final ReentrantLock THIS_PROCESS = new ReentrantLock();

  private final Path file;
  private @Nullable Fingerprint seen;

  SiteFile(Path file) {
    this.file = file;
  }

  /** Tells one writing of the file from the next: each makes a new file. */
  private record Fingerprint(@Nullable Object key, long modified, long size) {

    static final Fingerprint ABSENT = new Fingerprint(null, 0, -1);

    static Fingerprint of(Path file) throws IOException {
      try {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new Fingerprint(found.fileKey(), found.lastModifiedTime().toMillis(), found.size());
      } catch (NoSuchFileException e) {
        return ABSENT;
      }
    }
  }

  /** Waits until nobody else reads or writes the file. */
  Lock lock() throws IOException {
    THIS_PROCESS.lock();
    try {
      Path beside = file.resolveSibling(file.getFileName() + ".lock");
      FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        return new Lock(channel, channel.lock());
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      THIS_PROCESS.unlock();
      throw e;
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /** The right to read and write the file, until closed. */
  final class Lock implements AutoCloseable {

    private final FileChannel channel;
    private final FileLock held;

    private Lock(FileChannel channel, FileLock held) {
      this.channel = channel;
      this.held = held;
    }

    /** Tells whether the file is as this process last read or wrote it. */
    boolean isAsLastSeen() throws IOException {
      return Fingerprint.of(file).equals(seen);
    }

    /** Reads the file; a site without a file runs nothing. */
    SimulatedState read() throws IOException {
      Fingerprint found = Fingerprint.of(file);
      SimulatedState state = found.equals(Fingerprint.ABSENT)
          ? SimulatedState.empty()
          : SiteJson.read(Files.readAllBytes(file), file);
      seen = found;
      return state;
    }

    /** Puts {@code state} in the place of what is in the file. */
    void write(SimulatedState state) throws IOException {
      // Readable by the owner alone: a site knows the secrets of its apps.
      Path next =
          Files.createTempFile(file.toAbsolutePath().getParent(), ".simulated-site", ".tmp");
      try {
        Files.write(next, SiteJson.write(state));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        seen = Fingerprint.of(file);
      } finally {
        Files.deleteIfExists(next);
      }
    }

    @Override
    public void close() throws IOException {
      try (channel) {
        held.release();
      } finally {
        THIS_PROCESS.unlock();
      }
    }
  }
}
