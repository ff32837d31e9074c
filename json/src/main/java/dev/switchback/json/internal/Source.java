// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes the bytes of a document from where they are, never more than the limits allow. */
public final class Source {

  private Source() {}

  /**
   * Reads a file; one that is too large is refused by its size, before anything is read.
   *
   * @param what what the document is called in a refusal, such as "RAM document"
   * @throws RefusedException if it is larger than the limits allow
   * @throws IOException if it cannot be read
   */
  public static byte[] bytes(Path file, String what, Limits limits) throws IOException {
    long size = Files.size(file);
    if (size > limits.maxBytes()) {
      throw tooLarge(what, size + " bytes", limits);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return bytes(in, what, limits);
    }
  }

  /**
   * Reads a stream to its end, or to the first byte too many; does not close it.
   *
   * @param what what the document is called in a refusal, such as "RAM document"
   * @throws RefusedException if it is longer than the limits allow
   * @throws IOException if it cannot be read
   */
  public static byte[] bytes(InputStream in, String what, Limits limits) throws IOException {
    byte[] bytes = in.readNBytes(limits.maxBytes());
    if (bytes.length == limits.maxBytes() && in.read() >= 0) {
      throw tooLarge(what, "more than " + limits.maxBytes() + " bytes", limits);
    }
    return bytes;
  }

  static RefusedException tooLarge(String what, String size, Limits limits) {
    return new RefusedException(
        "Cannot read the " + what,
        new Obstacle(
            "too-large",
            "$",
            "it has " + size + ", at most " + limits.maxBytes() + " are allowed",
            "raise the limit if the document can be trusted"));
  }
}
