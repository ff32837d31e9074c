// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import dev.switchback.model.Obstacle;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdUtils;

/** Compression and the streams around it. */
final class Streams {

  private static final int BUFFER = 64 * 1024;
  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private Streams() {}

  /** Returns why a compression cannot be used; empty if it can. */
  static Optional<Obstacle> findMissing(Compression compression) {
    if (compression != Compression.ZSTD || ZstdUtils.isZstdCompressionAvailable()) {
      return Optional.empty();
    }
    return Optional.of(Obstacle.of(
        "compression-missing",
        "zstd compression is not available",
        "add com.github.luben:zstd-jni to the class path, or use .tar.gz or .tar"));
  }

  /** Compresses what is written; closing ends the compressed data. Same input, same bytes. */
  static OutputStream compress(OutputStream out, Compression compression) throws IOException {
    return switch (compression) {
      case NONE -> new BufferedOutputStream(out, BUFFER);
      // The JDK writes neither time nor name nor system into the header.
      case GZIP -> new BufferedOutputStream(new GZIPOutputStream(out, BUFFER), BUFFER);
      case ZSTD -> new BufferedOutputStream(Zstd.compress(out), BUFFER);
    };
  }

  /** Tells from the first bytes how {@code in} is compressed and leaves it at its start. */
  static Compression detect(BufferedInputStream in) throws IOException {
    in.mark(ZSTD_MAGIC.length);
    byte[] start = in.readNBytes(ZSTD_MAGIC.length);
    in.reset();
    if (startsWith(start, GZIP_MAGIC)) {
      return Compression.GZIP;
    }
    return startsWith(start, ZSTD_MAGIC) ? Compression.ZSTD : Compression.NONE;
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  /** Expands what is read. */
  static InputStream expand(InputStream in, Compression compression) throws IOException {
    return switch (compression) {
      case NONE -> in;
      case GZIP -> new GzipInput(in);
      case ZSTD -> Zstd.expand(in);
    };
  }

  /** Returns what went wrong, in words; the JDK often has only a type and a file name for it. */
  static String reason(IOException failure) {
    if (failure instanceof FileSystemException problem) {
      String file = problem.getFile() == null ? "" : problem.getFile() + ": ";
      if (problem instanceof NoSuchFileException) {
        return file + "no such file or directory";
      }
      if (problem instanceof AccessDeniedException) {
        return file + "access denied";
      }
      return file + (problem.getReason() == null ? problem.toString() : problem.getReason());
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** Passes everything on but the end. */
  static OutputStream keepOpen(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  /** Tells failures of the disk from damage of the content: the latter is the package's fault. */
  static InputStream fromDisk(InputStream file, String name) {
    return new FilterInputStream(file) {
      @Override
      public int read() throws IOException {
        try {
          return super.read();
        } catch (IOException e) {
          throw failed(e);
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return super.read(bytes, offset, length);
        } catch (IOException e) {
          throw failed(e);
        }
      }

      private PackagingException failed(IOException e) {
        return new PackagingException("Cannot read package " + name + ": " + reason(e), e);
      }
    };
  }
}
