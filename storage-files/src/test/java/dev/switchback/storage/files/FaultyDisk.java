// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk that fails, or crashes the program, at a chosen access. */
final class FaultyDisk extends Disk {

  /** What no code catches, as a crash leaves nothing time to tidy up. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final List<String> accesses = new ArrayList<>();
  private int failAt = Integer.MAX_VALUE;
  private String reason = "";
  private boolean crash;

  /** From now on, lets the access with this index fail. */
  void failAt(int index, String reason) {
    accesses.clear();
    this.failAt = index;
    this.reason = reason;
    this.crash = false;
  }

  /** From now on, crashes at the access with this index and at all that follow. */
  void crashAt(int index) {
    failAt(index, "");
    this.crash = true;
  }

  List<String> accesses() {
    return List.copyOf(accesses);
  }

  private void access(String name) throws IOException {
    int index = accesses.size();
    accesses.add(name);
    if (crash && index >= failAt) {
      throw new Crash();
    }
    if (index == failAt) {
      throw new IOException(reason);
    }
  }

  @Override
  FileChannel create(Path file) throws IOException {
    access("create");
    return super.create(file);
  }

  @Override
  void write(FileChannel file, ByteBuffer bytes) throws IOException {
    access("write");
    super.write(file, bytes);
  }

  @Override
  void sync(FileChannel file) throws IOException {
    access("sync");
    super.sync(file);
  }

  @Override
  void move(Path from, Path to) throws IOException {
    access("move");
    super.move(from, to);
  }

  @Override
  void syncDirectory(Path directory) throws IOException {
    access("syncDirectory");
    super.syncDirectory(directory);
  }

  @Override
  void touch(Path file) throws IOException {
    access("touch");
    super.touch(file);
  }

  @Override
  boolean delete(Path file) throws IOException {
    access("delete");
    return super.delete(file);
  }
}
