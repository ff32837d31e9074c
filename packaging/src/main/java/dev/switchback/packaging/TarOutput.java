// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes a tar that says nothing about when, where and by whom it was made. */
final class TarOutput implements AutoCloseable {

  private static final int RECORD = 512;
  private static final int FILE_MODE = 0100644;
  private static final int DIRECTORY_MODE = 040755;

  private final TarArchiveOutputStream tar;

  TarOutput(OutputStream out) {
    this.tar = new TarArchiveOutputStream(out, RECORD, UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  static byte[] layoutMarker() {
    return OciJson.write(new TreeMap<>(Map.of("imageLayoutVersion", Oci.LAYOUT_VERSION)));
  }

  /** Adds a directory; its name ends with a slash. */
  void directory(String name) throws IOException {
    put(name, DIRECTORY_MODE, 0);
    tar.closeArchiveEntry();
  }

  /** Adds a file. */
  void file(String name, byte[] bytes) throws IOException {
    put(name, FILE_MODE, bytes.length);
    tar.write(bytes, 0, bytes.length);
    tar.closeArchiveEntry();
  }

  private void put(String name, int mode, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(mode);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }

  /** Ends the archive with two empty records and closes what it is written to. */
  @Override
  public void close() throws IOException {
    tar.close();
  }
}
