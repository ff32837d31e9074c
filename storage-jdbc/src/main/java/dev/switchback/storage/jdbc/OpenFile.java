// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of an embedded database. With a write-ahead log, SQLite writes to it even when it has been
 * removed, or a backup put in its place: what is written then is gone when it is closed.
 */
final class OpenFile {

  private final Path path;
  private final @Nullable Object key;
  private volatile boolean mixed;

  /** Takes the file that is at {@code path} now. */
  OpenFile(Path path) throws IOException {
    this.path = path;
    this.key = keyNow();
  }

  /** Tells whether it is still at its path; always true where files have no keys, as on Windows. */
  boolean isInPlace() {
    try {
      return Objects.equals(keyNow(), key);
    } catch (IOException e) {
      return false;
    }
  }

  /** Looks at the file after a connection to its path was opened: it may lead to another one now. */
  void opened() {
    if (!isInPlace()) {
      mixed = true;
    }
  }

  /** Tells whether a connection may lead to another file than those before. */
  boolean isMixed() {
    return mixed;
  }

  private @Nullable Object keyNow() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
