// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.switchback.model.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets one at a time touch or remove a blob, so that nobody removes what another has just found.
 *
 * <p>Blobs whose digests begin alike share a lock: in this process a lock of Java, between processes
 * a lock of the operating system on one byte of the lock file, which goes when the process dies. All
 * stores of this process on one directory share a guard, since closing any handle on the file would
 * release the locks of all.
 */
final class Guard {

  /** Something short to do with one blob. */
  interface Work {
    boolean run() throws IOException;
  }

  private static final int STRIPES = 256;
  private static final long PAUSE_NANOS = 20_000;
  private static final Map<Path, Guard> GUARDS = new HashMap<>();

  private final FileChannel file;
  private final List<ReentrantLock> stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toList();
  private int users;

  private Guard(FileChannel file) {
    this.file = file;
  }

  /** Returns the guard of a lock file, which is made if it is not there; {@link #leave} it. */
  static Guard enter(Path path) throws IOException {
    synchronized (GUARDS) {
      Guard guard = GUARDS.get(path);
      if (guard == null) {
        guard = new Guard(FileChannel.open(path, CREATE, WRITE, NOFOLLOW_LINKS));
        GUARDS.put(path, guard);
      }
      guard.users++;
      return guard;
    }
  }

  static void leave(Path path) throws IOException {
    synchronized (GUARDS) {
      Guard guard = GUARDS.get(path);
      if (guard != null && --guard.users == 0) {
        GUARDS.remove(path);
        guard.file.close();
      }
    }
  }

  /** Does {@code work} while nobody else does any with this blob. */
  static boolean hold(Path path, Digest digest, Work work) throws IOException {
    Guard guard = enter(path);
    try {
      return guard.hold(Integer.parseInt(digest.hex().substring(0, 2), 16), work);
    } finally {
      leave(path);
    }
  }

  private boolean hold(int stripe, Work work) throws IOException {
    Lock mine = stripes.get(stripe);
    mine.lock();
    try (FileLock lock = lock(stripe)) {
      return lock.isValid() && work.run();
    } finally {
      mine.unlock();
    }
  }

  private FileLock lock(int stripe) throws IOException {
    // Not lock(): an interrupt would close the file, and with it go the locks of other threads.
    FileLock lock = tryLock(stripe);
    while (lock == null) {
      LockSupport.parkNanos(PAUSE_NANOS);
      lock = tryLock(stripe);
    }
    return lock;
  }

  private @Nullable FileLock tryLock(int stripe) throws IOException {
    try {
      return file.tryLock(stripe, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // held by this process through another name of the file, such as a hard link
    }
  }
}
