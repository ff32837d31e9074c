// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Every access that changes the disk, in one place, so that a test can make each of them fail. */
class Disk {

  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  /** Makes a file that must not be there yet; never through a symbolic link. */
  FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, CREATE_NEW, WRITE, NOFOLLOW_LINKS);
  }

  /** Writes all of {@code bytes}. */
  void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /** Returns when what was written to the file would survive a power cut. */
  void sync(FileChannel file) throws IOException {
    file.force(true);
  }

  /** Gives a file its final name in one step, over a file that has it already. */
  void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Returns when the names in the directory would survive a power cut. */
  void syncDirectory(Path directory) throws IOException {
    // Windows cannot open a directory and writes names through on its own.
    if (WINDOWS) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  /** Notes that a file is in use now, on the file itself and never on what a link leads to. */
  void touch(Path file) throws IOException {
    BasicFileAttributeView view =
        Files.getFileAttributeView(file, BasicFileAttributeView.class, NOFOLLOW_LINKS);
    // The file system may cut off what it cannot keep, and a touch must not seem earlier than it
    // was.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    if (view.readAttributes().lastModifiedTime().toInstant().isBefore(now)) {
      view.setTimes(FileTime.from(now), null, null);
    }
  }

  /** Removes a file; does nothing if it is not there. Returns whether it was. */
  boolean delete(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }
}
