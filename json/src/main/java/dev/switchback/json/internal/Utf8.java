// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes that are no UTF-8. Decoders of the JDK replace them silently or need a second copy,
 * and Jackson lets overlong forms and surrogates through.
 *
 * <p>Source: RFC 3629 section 4.
 */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Returns the index of the first byte of a malformed sequence from {@code start}, or -1. */
  static int firstMalformed(byte[] bytes, int start) {
    int i = start;
    int end = bytes.length;
    while (i < end) {
      while (i + Long.BYTES <= end && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
        i += Long.BYTES;
      }
      if (i == end) {
        break;
      }
      int length = sequence(bytes, i);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** Returns how many bytes the character at {@code i} takes, or 0 if it is malformed. */
  private static int sequence(byte[] bytes, int i) {
    int first = bytes[i] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    if (first < 0xe0) {
      return continues(bytes, i + 1, 0x80, 0xbf) ? 2 : 0;
    }
    // The second byte rules out overlong forms, surrogates and what lies beyond U+10FFFF.
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (!continues(bytes, i + 1, low, high) || !continues(bytes, i + 2, 0x80, 0xbf)) {
      return 0;
    }
    if (first < 0xf0) {
      return 3;
    }
    return continues(bytes, i + 3, 0x80, 0xbf) ? 4 : 0;
  }

  private static boolean continues(byte[] bytes, int i, int low, int high) {
    return i < bytes.length && (bytes[i] & 0xff) >= low && (bytes[i] & 0xff) <= high;
  }
}
