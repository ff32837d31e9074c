// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which files are written before they get their name.
 *
 * <p>Each open store that writes has a token, {@code <pid>-<start of the process>-<random>}, a lock
 * file {@code <token>.lock} on which it holds a lock of the operating system, and its unfinished
 * files {@code <token>.<number>.part}. The system releases the lock when the process dies, however
 * it dies; so whoever can take the lock of a token knows that its files are nobody's.
 *
 * <p>Tokens of the own process are never touched: closing any handle on a file would release the
 * lock that another store of this process holds on it.
 */
final class Staging {

  private static final String LOCK = ".lock";
  private static final Pattern OURS =
      Pattern.compile("([0-9]+-[0-9]+-[0-9a-f]+)(\\.lock|\\.[0-9]+\\.part)");
  private static final String PROCESS = processPrefix();

  private final Path directory;
  private final Disk disk;
  private String token = "";
  private @Nullable FileChannel lock;
  private long parts;
  private int users = 1;

  Staging(Path directory, Disk disk) {
    this.directory = directory;
    this.disk = disk;
  }

  private static String processPrefix() {
    ProcessHandle self = ProcessHandle.current();
    // A process id alone may be reused, and in containers it often is 1.
    long start = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + start + "-";
  }

  /** One file on its way; {@link Staging#end} removes it unless it has been moved away. */
  record Part(Path path, FileChannel channel) {}

  /** Starts a file. Each start needs its {@link #end}. */
  synchronized Part begin() throws IOException {
    if (lock == null) {
      lock = takeLock();
    }
    parts++;
    Path path = directory.resolve(token + "." + parts + ".part");
    FileChannel channel = disk.create(path);
    users++;
    return new Part(path, channel);
  }

  /** Ends a file: closes it, removes what has not been moved away. */
  void end(Part part) throws IOException {
    try {
      part.channel().close();
      disk.delete(part.path());
    } finally {
      release();
    }
  }

  /** Gives the lock back once the last file has ended. */
  void close() throws IOException {
    release();
  }

  private synchronized void release() throws IOException {
    users--;
    FileChannel held = lock;
    if (users > 0 || held == null) {
      return;
    }
    lock = null;
    // Removed while it is still held: nobody can take it for the lock of a dead process.
    try (held) {
      disk.delete(directory.resolve(token + LOCK));
    }
  }

  private FileChannel takeLock() throws IOException {
    while (true) {
      token = PROCESS + UUID.randomUUID().toString().substring(0, 8);
      Path path = directory.resolve(token + LOCK);
      FileChannel channel = disk.create(path);
      boolean taken = false;
      try {
        FileLock fileLock = channel.tryLock();
        // A sweep may have come between the making and the locking and removed the file.
        taken = fileLock != null && Files.exists(path, NOFOLLOW_LINKS);
      } finally {
        if (!taken) {
          channel.close();
          disk.delete(path);
        }
      }
      if (taken) {
        return channel;
      }
    }
  }

  /** Removes the files of processes that are dead; leaves alone what it does not know. */
  void sweep() throws IOException {
    List<Path> unfinished = new ArrayList<>();
    TreeSet<String> tokens = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Matcher name = OURS.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && !name.group(1).startsWith(PROCESS)) {
          tokens.add(name.group(1));
          if (!name.group(2).equals(LOCK)) {
            unfinished.add(file);
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw requireNonNull(e.getCause());
    }
    for (String owner : tokens) {
      sweep(owner, unfinished);
    }
  }

  private void sweep(String owner, List<Path> unfinished) throws IOException {
    Path path = directory.resolve(owner + LOCK);
    FileChannel channel = openLock(path);
    try (channel) {
      if (channel != null && channel.tryLock() == null) {
        return;
      }
      for (Path file : unfinished) {
        if (String.valueOf(file.getFileName()).startsWith(owner + ".")) {
          disk.delete(file);
        }
      }
      disk.delete(path);
    }
  }

  /** Opens a lock file; null if it is gone, which it is only when its owner has ended. */
  private static @Nullable FileChannel openLock(Path path) throws IOException {
    try {
      return FileChannel.open(path, WRITE, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
