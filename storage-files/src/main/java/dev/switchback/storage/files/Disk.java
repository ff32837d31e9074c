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

  /** Removes a file; does nothing if it is not there. Returns whether it was. */
  boolean delete(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }
}
