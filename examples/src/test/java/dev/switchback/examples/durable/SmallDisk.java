// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples.durable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a few megabytes in memory, which only root can make. */
final class SmallDisk implements AutoCloseable {

  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /** Makes one of that many megabytes; empty, and said aloud, if this user may not. */
  static Optional<SmallDisk> make(Path place, int megabytes) throws IOException {
    Files.createDirectories(place);
    if (run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", place.toString())) {
      return Optional.of(new SmallDisk(place));
    }
    System.err.println("NOT TESTED: a full or read-only disk, since this user may not mount one");
    return Optional.empty();
  }

  Path place() {
    return place;
  }

  /** Takes up all of the room but about {@code left} bytes. */
  void fill(int left) throws IOException {
    long free = Files.getFileStore(place).getUsableSpace();
    Files.write(place.resolve("ballast"), new byte[Math.toIntExact(free - left)]);
  }

  void change(String options) throws IOException {
    if (!run("mount", "-o", "remount," + options, place.toString())) {
      throw new IOException("Cannot change the file system in " + place + " to " + options);
    }
  }

  private static boolean run(String... command) throws IOException {
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    return process.onExit().join().exitValue() == 0;
  }

  @Override
  public void close() throws IOException {
    if (!run("umount", "-l", place.toString())) {
      throw new IOException("Cannot take the file system in " + place + " away");
    }
  }
}
