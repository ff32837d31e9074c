// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a POSIX tar, strictly: every header checksum, both end records, nothing but zeros after
 * them.
 *
 * <p>General readers repair and overlook what a package must not contain: an archive that ends
 * early, names that replace names, sizes that two programs read differently. Of the extensions only
 * the POSIX {@code path} and {@code size} count. No text is held beyond {@link #MAX_EXTENSION}
 * bytes.
 *
 * <p>Source: POSIX.1-2017, pax interchange format.
 */
final class TarInput {

  private static final int RECORD = 512;
  private static final int MAX_EXTENSION = 64 * 1024;

  private final InputStream in;
  private final byte[] header = new byte[RECORD];
  private long left;
  private int padding;

  TarInput(InputStream in) {
    this.in = in;
  }

  /** What an entry says it is; {@code size} bytes of content follow. */
  record Entry(String name, char type, long size) {

    boolean isFile() {
      return type == '0';
    }

    boolean isDirectory() {
      return type == '5';
    }

    /** Returns what the entry is, in words. */
    String kind() {
      return switch (type) {
        case '0' -> "a file";
        case '1' -> "a hard link";
        case '2' -> "a symbolic link";
        case '3', '4' -> "a device";
        case '5' -> "a directory";
        case '6' -> "a pipe";
        default -> "of a kind that a package does not have";
      };
    }
  }

  /** Skips what is left of the current entry and returns the next one; null at the end. */
  @Nullable
  Entry next() throws IOException {
    Map<String, String> extensions = Map.of();
    while (true) {
      skipContent();
      readHeader();
      if (isZero()) {
        readEnd(extensions);
        return null;
      }
      Entry entry = parse(extensions);
      // Links, devices, directories and pipes have no content, whatever their size field says.
      left = "123456".indexOf(entry.type()) < 0 ? entry.size() : 0;
      padding = (int) ((RECORD - left % RECORD) % RECORD);
      if (entry.type() != 'x') {
        return entry;
      }
      if (!extensions.isEmpty()) {
        throw new IOException("two extension headers follow each other");
      }
      extensions = readExtensions(entry.size());
    }
  }

  private void skipContent() throws IOException {
    byte[] buffer = new byte[16 * 1024];
    while (left > 0) {
      if (read(buffer, 0, buffer.length) < 0) {
        throw cutOff();
      }
    }
    for (byte b : readExactly(padding)) {
      if (b != 0) {
        throw new IOException("there are bytes between two entries");
      }
    }
    padding = 0;
  }

  /** Reads content of the current entry; returns a count, or -1 at its end. */
  int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw cutOff();
    }
    left -= count;
    return count;
  }

  private static EOFException cutOff() {
    return new EOFException("the archive is cut off");
  }

  private byte[] readExactly(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw cutOff();
    }
    return bytes;
  }

  private void readHeader() throws IOException {
    if (in.readNBytes(header, 0, RECORD) < RECORD) {
      throw cutOff();
    }
  }

  private boolean isZero() {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private void readEnd(Map<String, String> extensions) throws IOException {
    if (!extensions.isEmpty()) {
      throw new IOException("an extension header stands before the end");
    }
    readHeader();
    while (true) {
      if (!isZero()) {
        throw new IOException("bytes follow the end of the archive");
      }
      int count = in.readNBytes(header, 0, RECORD);
      if (count == 0) {
        return;
      }
      Arrays.fill(header, count, RECORD, (byte) 0);
      if (isZero() && count < RECORD) {
        throw cutOff();
      }
    }
  }

  private Entry parse(Map<String, String> extensions) throws IOException {
    boolean posix = matches(257, "ustar\0" + "00");
    if (!posix && !matches(257, "ustar  \0")) {
      throw new IOException("a header is not one of a POSIX tar");
    }
    if (number(148, 8) != checksum()) {
      throw new IOException("the checksum of a header does not hold");
    }
    String name = text(0, 100);
    // GNU tar keeps other things where POSIX has the first part of the name.
    String prefix = posix ? text(345, 155) : "";
    if (!prefix.isEmpty()) {
      name = prefix + "/" + name;
    }
    char type = header[156] == 0 ? '0' : (char) (header[156] & 0xff);
    long size = number(124, 12);
    if (type != 'x') {
      name = extensions.getOrDefault("path", name);
      size = size(extensions, size);
    }
    return new Entry(name, type, size);
  }

  private static long size(Map<String, String> extensions, long inHeader) throws IOException {
    String text = extensions.get("size");
    if (text == null) {
      return inHeader;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new IOException("an extension header has a size that is no number");
    }
    return Long.parseLong(text);
  }

  private boolean matches(int offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Arrays.equals(header, offset, offset + bytes.length, bytes, 0, bytes.length);
  }

  private long checksum() {
    long sum = 0;
    for (int i = 0; i < RECORD; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    return sum;
  }

  private long number(int offset, int length) throws IOException {
    if ((header[offset] & 0x80) != 0) {
      return binaryNumber(offset, length);
    }
    int end = offset + length;
    int i = offset;
    while (i < end && header[i] == ' ') {
      i++;
    }
    long value = 0;
    boolean digits = false;
    for (; i < end && header[i] >= '0' && header[i] <= '7'; i++) {
      value = value * 8 + header[i] - '0';
      digits = true;
    }
    boolean ended = i == end || header[i] == 0 || header[i] == ' ';
    if (!digits || !ended) {
      throw new IOException("a number in a header is none");
    }
    return value;
  }

  private long binaryNumber(int offset, int length) throws IOException {
    long value = header[offset] & 0x7f;
    for (int i = offset + 1; i < offset + length; i++) {
      if (value >= 1L << 54) {
        throw new IOException("a number in a header is too large");
      }
      value = (value << 8) | (header[i] & 0xff);
    }
    return value;
  }

  private String text(int offset, int length) throws IOException {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return decode(header, offset, end - offset);
  }

  private static String decode(byte[] bytes, int offset, int length) throws IOException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("a name is not UTF-8", e);
    }
  }

  /** Reads records of the form {@code "<length> <key>=<value>\n"}. */
  private Map<String, String> readExtensions(long size) throws IOException {
    if (size == 0 || size > MAX_EXTENSION) {
      throw new IOException("an extension header of " + size + " bytes is not accepted");
    }
    left = 0;
    byte[] bytes = readExactly((int) size);
    Map<String, String> extensions = new LinkedHashMap<>();
    int start = 0;
    while (start < bytes.length) {
      int space = start;
      int length = 0;
      while (space < bytes.length
          && space - start < 6
          && bytes[space] >= '0'
          && bytes[space] <= '9') {
        length = length * 10 + bytes[space++] - '0';
      }
      int end = start + length;
      if (space >= bytes.length
          || bytes[space] != ' '
          || end > bytes.length
          || end < space + 4
          || bytes[end - 1] != '\n') {
        throw new IOException("an extension header is damaged");
      }
      String record = decode(bytes, space + 1, end - space - 2);
      int equals = record.indexOf('=');
      String key = equals < 0 ? "" : record.substring(0, equals);
      if (key.isEmpty() || key.startsWith("GNU.sparse") || extensions.containsKey(key)) {
        throw new IOException("an extension header has a record that is not accepted");
      }
      extensions.put(key, record.substring(equals + 1));
      start = end;
    }
    return extensions;
  }
}
