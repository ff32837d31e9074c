// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

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
  private static final int FIRST = 2 * PIECE * MAX_BYTES_PER_CHAR;
  private static final int MOST_KEPT = 64 * 1024;
  private static final byte[] NONE = {};
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

  // Most documents are small, and new memory for each costs more than to fill it.
  private static final ThreadLocal<byte @Nullable []> SPARE = new ThreadLocal<>();

  private final @Nullable MessageDigest digest;
  private byte[] buffer;
  private int length;

  private JsonOutput(@Nullable MessageDigest digest) {
    this.digest = digest;
    byte[] spare = SPARE.get();
    SPARE.set(null); // a document may be written while another is
    buffer = spare == null ? new byte[FIRST] : spare;
  }

  /** Starts an output that keeps its bytes. */
  static JsonOutput toBytes() {
    return new JsonOutput(null);
  }

  /** Starts an output that keeps nothing but the digest of its bytes. */
  static JsonOutput toDigest() {
    return new JsonOutput(Digest.newSha256());
  }

  /** Returns all bytes, and ends this. */
  byte[] bytes() {
    byte[] bytes = Arrays.copyOf(buffer, length);
    end();
    return bytes;
  }

  /** Returns all bytes as a text, and ends this. */
  String string() {
    String string = new String(buffer, 0, length, UTF_8);
    end();
    return string;
  }

  /** Returns the digest of all bytes, and ends this, which {@link #toDigest} started. */
  Digest digest() {
    if (digest == null) {
      throw new IllegalStateException("Invalid call: this output keeps its bytes");
    }
    digest.update(buffer, 0, length);
    end();
    return Digest.from(digest);
  }

  private void end() {
    if (buffer.length <= MOST_KEPT) {
      SPARE.set(buffer);
    }
    buffer = NONE;
    length = 0;
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
      int plainEnd = plainEnd(text, i, stop);
      if (plainEnd > i) {
        at = copy(text, i, plainEnd, out, at);
        i = plainEnd;
        if (i == stop) {
          break;
        }
      }
      char c = text.charAt(i);
      if (c < 0x80) {
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

  /**
   * Returns the end of what is written as it stands: ASCII without escapes, which RFC 8785 wants of
   * quotes, backslashes and the controls below the space, but not of DEL.
   */
  private static int plainEnd(String text, int start, int stop) {
    for (int i = start; i < stop; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
        return i;
      }
    }
    return stop;
  }

  /** Copies ASCII and returns its end in {@code out}. */
  @SuppressWarnings("deprecation") // it takes the low bytes of characters, which is right for ASCII
  private static int copy(String text, int start, int stop, byte[] out, int at) {
    text.getBytes(start, stop, out, at);
    return at + stop - start;
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
