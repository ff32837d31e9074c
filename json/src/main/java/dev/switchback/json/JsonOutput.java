// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.model.Digest;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes JSON tokens and keeps their canonical bytes (RFC 8785), or only the digest of these. Commas
 * and the order of fields are the caller's.
 */
final class JsonOutput {

  /** Greater whole numbers are not exact in a JSON number (RFC 8785 appendix D). */
  static final long MAX_EXACT = (1L << 53) - 1;

  private static final int PIECE = 1024;
  private static final int MAX_BYTES_PER_CHAR = 6;
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  private final @Nullable MessageDigest digest;
  private byte[] buffer = new byte[2 * PIECE * MAX_BYTES_PER_CHAR];
  private int length;

  private JsonOutput(@Nullable MessageDigest digest) {
    this.digest = digest;
  }

  /** Starts an output that keeps its bytes. */
  static JsonOutput toBytes() {
    return new JsonOutput(null);
  }

  /** Starts an output that keeps nothing but the digest of its bytes. */
  static JsonOutput toDigest() {
    return new JsonOutput(Digest.newSha256());
  }

  /** Returns all bytes so far. */
  byte[] bytes() {
    return Arrays.copyOf(buffer, length);
  }

  /** Ends a computation that {@link #toDigest} started. */
  Digest digest() {
    if (digest == null) {
      throw new IllegalStateException("Invalid call: this output keeps its bytes");
    }
    digest.update(buffer, 0, length);
    length = 0;
    return Digest.from(digest);
  }

  /** Writes one ASCII character as it is. */
  void raw(char ascii) {
    reserve(1);
    buffer[length++] = (byte) ascii;
  }

  /** Writes bytes as they are. */
  void raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  /** Writes a whole number; as a text where a JSON number would not be exact. */
  void whole(long number) {
    String digits = Long.toString(number);
    boolean exact = number >= -MAX_EXACT && number <= MAX_EXACT;
    raw((exact ? digits : '"' + digits + '"').getBytes(US_ASCII));
  }

  /**
   * Writes a text.
   *
   * @throws IllegalArgumentException if it has half of a surrogate pair, which is no character
   */
  void text(String text) {
    raw('"');
    int end = text.length();
    for (int start = 0; start < end; ) {
      int stop = Math.min(end, start + PIECE);
      if (stop < end && Character.isHighSurrogate(text.charAt(stop - 1))) {
        stop++;
      }
      reserve((stop - start) * MAX_BYTES_PER_CHAR);
      piece(text, start, stop);
      start = stop;
    }
    raw('"');
  }

  private void piece(String text, int start, int stop) {
    byte[] out = buffer;
    int at = length;
    for (int i = start; i < stop; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
        out[at++] = (byte) c;
      } else if (c < 0x80) {
        at = escape(c, out, at);
      } else if (c < 0x800) {
        out[at++] = (byte) (0xc0 | (c >> 6));
        out[at++] = sixBits(c);
      } else if (!Character.isSurrogate(c)) {
        out[at++] = (byte) (0xe0 | (c >> 12));
        out[at++] = sixBits(c >> 6);
        out[at++] = sixBits(c);
      } else {
        if (!Character.isHighSurrogate(c)
            || i + 1 == stop
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new IllegalArgumentException(
              "Invalid text: half of a surrogate pair at index " + i + " is no character");
        }
        int point = Character.toCodePoint(c, text.charAt(++i));
        out[at++] = (byte) (0xf0 | (point >> 18));
        out[at++] = sixBits(point >> 12);
        out[at++] = sixBits(point >> 6);
        out[at++] = sixBits(point);
      }
    }
    length = at;
  }

  /** Returns a byte of a UTF-8 sequence behind the first: the last six bits. */
  private static byte sixBits(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  private static int escape(char c, byte[] out, int start) {
    int at = start;
    int letter = switch (c) {
      case '\b' -> 'b';
      case '\t' -> 't';
      case '\n' -> 'n';
      case '\f' -> 'f';
      case '\r' -> 'r';
      case '"', '\\' -> c;
      default -> 'u';
    };
    // DEL needs no escape: RFC 8785 escapes the controls below the space and nothing else.
    if (c == 0x7f) {
      out[at++] = (byte) c;
      return at;
    }
    out[at++] = '\\';
    out[at++] = (byte) letter;
    if (letter == 'u') {
      out[at++] = '0';
      out[at++] = '0';
      out[at++] = HEX[c >> 4];
      out[at++] = HEX[c & 0xf];
    }
    return at;
  }

  private void reserve(int bytes) {
    if (buffer.length - length >= bytes) {
      return;
    }
    if (digest != null) {
      digest.update(buffer, 0, length);
      length = 0;
    }
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }
}
