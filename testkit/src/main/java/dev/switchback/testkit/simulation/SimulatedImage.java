// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.simulation;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The smallest image that a simulated backend takes in: an OCI layout in a tar, whose manifest any
 * text may stand for.
 */
public final class SimulatedImage {

  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 11;
  private static final int SUM_AT = 148;
  private static final int SUM_LENGTH = 8;
  private static final String LAYOUT = "oci-layout";

  private final Digest digest;
  private final byte[] tar;

  private SimulatedImage(Digest digest, byte[] tar) {
    this.digest = digest;
    this.tar = tar;
  }

  /** Makes the image whose manifest is {@code manifest}, which need not be one. */
  public static SimulatedImage of(String manifest) {
    byte[] bytes = requireNonNull(manifest, "manifest").getBytes(StandardCharsets.UTF_8);
    Digest digest = Digest.of(bytes);
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    write(tar, LAYOUT, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    write(tar, blobName(digest), bytes);
    tar.writeBytes(new byte[2 * BLOCK]);
    return new SimulatedImage(digest, tar.toByteArray());
  }

  /** Returns the digest by which a component names the image. */
  public Digest digest() {
    return digest;
  }

  /** Opens the tar. */
  public InputStream open() {
    return new ByteArrayInputStream(tar);
  }

  /**
   * Reads a tar to its end and tells whether it is an OCI layout that has the manifest {@code digest}.
   *
   * @throws IOException if it cannot be read, or ends too early
   */
  static boolean holds(Digest digest, InputStream tar) throws IOException {
    boolean layout = false;
    boolean manifest = false;
    byte[] header = tar.readNBytes(BLOCK);
    while (header.length == BLOCK && header[0] != 0) {
      String name = text(header, 0, NAME_LENGTH);
      Digest content = readContent(tar, size(header));
      layout |= name.equals(LAYOUT);
      manifest |= name.equals(blobName(digest)) && content.equals(digest);
      header = tar.readNBytes(BLOCK);
    }
    tar.transferTo(OutputStream.nullOutputStream());
    return layout && manifest;
  }

  private static Digest readContent(InputStream tar, long size) throws IOException {
    MessageDigest sha256 = Digest.newSha256();
    for (long left = size; left > 0; left -= BLOCK) {
      byte[] block = tar.readNBytes(BLOCK);
      if (block.length < BLOCK) {
        throw new EOFException("the tar ends in the middle of an entry");
      }
      sha256.update(block, 0, (int) Math.min(left, BLOCK));
    }
    return Digest.from(sha256);
  }

  private static long size(byte[] header) throws IOException {
    try {
      return Long.parseLong(text(header, SIZE_AT, SIZE_LENGTH).strip(), 8);
    } catch (NumberFormatException e) {
      throw new IOException("it is no tar", e);
    }
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  private static String blobName(Digest digest) {
    return "blobs/sha256/" + digest.hex();
  }

  private static void write(ByteArrayOutputStream tar, String name, byte[] content) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, NAME_LENGTH, "0000644");
    put(header, SIZE_AT, String.format("%011o", content.length));
    put(header, SIZE_AT + SIZE_LENGTH + 1, "00000000000");
    Arrays.fill(header, SUM_AT, SUM_AT + SUM_LENGTH, (byte) ' ');
    header[SUM_AT + SUM_LENGTH] = '0';
    put(header, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte part : header) {
      sum += part & 0xff;
    }
    put(header, SUM_AT, String.format("%06o\0 ", sum));
    tar.writeBytes(header);
    tar.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
