// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command was given to read. */
final class InputFile {

  private static final int BYTE_ORDER_MARK = 0xEF;

  private InputFile() {}

  /** Returns {@code file} if it is a file, else refuses, whatever it was to be read as. */
  static Path existing(Path file) {
    boolean directory = Files.isDirectory(file);
    if (directory || !Files.exists(file)) {
      throw new RefusedException(
          "Cannot read " + file,
          new Obstacle(
              directory ? "not-a-file" : "no-such-file",
              file.toString(),
              directory ? "it is a directory" : "there is no such file",
              "check the path"));
    }
    if (!Files.isRegularFile(file)) {
      // To open a pipe that nobody writes to would wait forever.
      throw new RefusedException(
          "Cannot read " + file,
          new Obstacle(
              "not-a-file",
              file.toString(),
              "it is a pipe or device",
              "write its content to a file first"));
    }
    return file;
  }

  /** Tells whether a file begins as a JSON document does; otherwise it is taken for a package. */
  static boolean isJson(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      int first = in.read();
      while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
        first = in.read();
      }
      return first == '{' || first == '[' || first == '"' || first == BYTE_ORDER_MARK;
    }
  }
}
