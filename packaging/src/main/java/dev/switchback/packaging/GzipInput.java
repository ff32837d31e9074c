// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Expands gzip and accepts nothing that is not: the JDK's own stream overlooks what follows the
 * last member. Header fields of any length are skipped without being held. Source: RFC 1952.
 */
final class GzipInput extends InputStream {

  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;
  private static final int FLAGS_RESERVED = 0xe0;
  private static final int DEFLATE = 8;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[16 * 1024];
  private int position;
  private int limit;
  private boolean ended;

  GzipInput(InputStream in) throws IOException {
    this.in = in;
    if (!readHeader()) {
      throw new EOFException("the gzip data is empty");
    }
  }

  /** Reads the header of a member; false if there is no further one. */
  private boolean readHeader() throws IOException {
    int first = nextOrEnd();
    if (first < 0) {
      return false;
    }
    if (first != 0x1f || next() != 0x8b) {
      throw new ZipException("bytes that are not gzip follow the gzip data");
    }
    int method = next();
    int flags = next();
    if (method != DEFLATE || (flags & FLAGS_RESERVED) != 0) {
      throw new ZipException("the gzip header is damaged");
    }
    skip(6); // time, hints and system
    if ((flags & FLAG_EXTRA) != 0) {
      skip(next() | (next() << 8));
    }
    if ((flags & FLAG_NAME) != 0) {
      skipText();
    }
    if ((flags & FLAG_COMMENT) != 0) {
      skipText();
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      skip(2);
    }
    return true;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // to its end
    }
  }

  private int next() throws IOException {
    int value = nextOrEnd();
    if (value < 0) {
      throw new EOFException("the gzip data is cut off");
    }
    return value;
  }

  private int nextOrEnd() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int count = inflate(bytes, offset, length);
      if (count > 0) {
        crc.update(bytes, offset, count);
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("the gzip data is damaged: it needs a dictionary");
      } else if (position == limit && !fill()) {
        throw new EOFException("the gzip data is cut off");
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    inflater.setInput(buffer, position, limit - position);
    try {
      int count = inflater.inflate(bytes, offset, length);
      position = limit - inflater.getRemaining();
      return count;
    } catch (DataFormatException e) {
      throw new ZipException("the gzip data is damaged: " + e.getMessage());
    }
  }

  private void endMember() throws IOException {
    long expectedCrc = next32();
    long expectedSize = next32();
    if (expectedCrc != crc.getValue()
        || expectedSize != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the gzip data is damaged: its checksum does not hold");
    }
    inflater.reset();
    crc.reset();
    ended = !readHeader();
  }

  private long next32() throws IOException {
    return next() | (next() << 8) | (next() << 16) | ((long) next() << 24);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
