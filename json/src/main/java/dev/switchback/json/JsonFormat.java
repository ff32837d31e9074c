// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.model.RefusedException;

/**
 * Writes one kind of value as canonical JSON (RFC 8785) and reads it back.
 *
 * <p>Equal values give the same bytes on every JVM, and reading gives back a value that is equal to
 * the one written. Secrets are written in full, so where a document is kept matters. Fields whose
 * value is empty, zero or false are left out, and read as that. Instances are immutable and may be
 * shared by threads; {@link JsonFormats} has them.
 *
 * @param <T> the kind of value
 */
public final class JsonFormat<T> {

  private final String name;
  private final Shape<T> shape;

  JsonFormat(String name, Shape<T> shape) {
    this.name = name;
    this.shape = shape.asDocument(name);
  }

  /** Returns what stands in the field {@code format} of a document, such as {@code switchback.build/1}. */
  public String name() {
    return name;
  }

  /**
   * Returns the canonical bytes of {@code value}.
   *
   * @throws IllegalArgumentException if a text of it has half of a surrogate pair, which is no
   *     character and has no UTF-8 form
   */
  public byte[] write(T value) {
    return written(value).bytes();
  }

  /** Returns the canonical bytes of {@code value} as a text; fails like {@link #write}. */
  public String text(T value) {
    return written(value).string();
  }

  private JsonOutput written(T value) {
    JsonOutput out = JsonOutput.toBytes();
    shape.write(requireNonNull(value, "value"), out);
    return out;
  }

  /**
   * Reads a document, canonical or not.
   *
   * @param json the document in UTF-8
   * @throws RefusedException if the document is not JSON, not of this format, or of a newer version
   *     of it; if a field is unknown, missing, of the wrong type or stands twice; if a value is not
   *     allowed. It has every reason that was found, each with its JSON path
   */
  public T read(byte[] json) {
    return JsonInput.document(name, requireNonNull(json, "json"), shape);
  }

  /** Reads a document from its text; fails like {@link #read(byte[])}. */
  public T read(String json) {
    return read(json.getBytes(UTF_8));
  }

  /**
   * Returns the digest of the canonical bytes of {@code value}, which are not all held in memory for
   * it; fails like {@link #write}.
   */
  public Digest digest(T value) {
    JsonOutput out = JsonOutput.toDigest();
    shape.write(requireNonNull(value, "value"), out);
    return out.digest();
  }

  @Override
  public String toString() {
    return name;
  }
}
