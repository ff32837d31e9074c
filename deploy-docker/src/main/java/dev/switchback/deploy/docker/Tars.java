// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.model.Digest;
import dev.switchback.model.spec.ConfigFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Small tars, the form in which an engine takes and gives files. */
final class Tars {

  private static final int DEFAULT_MODE = 0644;

  private Tars() {}

  /** Packs config files at their paths. */
  static byte[] of(SortedMap<String, ConfigFile> files) {
    return write(tar -> {
      for (var file : files.entrySet()) {
        byte[] content = file.getValue().content().reveal().getBytes(UTF_8);
        add(tar, file.getKey(), content, mode(file.getValue().mode()));
      }
    });
  }

  /** Returns the path and the digest of the last file, in the order in which they are unpacked. */
  static String last(SortedMap<String, ConfigFile> files) {
    String last = "";
    for (var file : files.entrySet()) {
      last = Digest.of(file.getValue().content().reveal()) + " " + file.getKey();
    }
    return last;
  }

  /** Tells whether {@code tar} holds the file that {@link #last} told of. */
  static boolean isLast(String last, byte[] tar) {
    return first(tar)
        .filter(content -> last.startsWith(Digest.of(content) + " "))
        .isPresent();
  }

  /** Packs one file. */
  static byte[] of(String path, byte[] content) {
    return write(tar -> add(tar, path, content, DEFAULT_MODE));
  }

  /** Returns the content of the first file in a tar. */
  static Optional<byte[]> first(byte[] tar) {
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      TarArchiveEntry entry = in.getNextEntry();
      return entry == null || !entry.isFile() ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Opens a tar for writing, with names and sizes of any length. */
  static TarArchiveOutputStream open(OutputStream out) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return tar;
  }

  /** Adds a file that belongs to root and was last changed at the epoch. */
  static void add(TarArchiveOutputStream tar, String path, byte[] content, int mode)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path.replaceAll("^/+", ""));
    entry.setSize(content.length);
    entry.setMode(mode);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** Reads permission bits as RAM writes them: a decimal number whose digits are the octal ones. */
  private static int mode(@Nullable Integer ram) {
    String digits = ram == null ? "" : Integer.toString(ram);
    return digits.matches("[0-7]{3,4}") ? Integer.parseInt(digits, 8) : DEFAULT_MODE;
  }

  private interface Writer {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private static byte[] write(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = open(bytes)) {
      writer.write(tar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
