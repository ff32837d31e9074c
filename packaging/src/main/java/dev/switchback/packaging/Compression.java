// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import java.nio.file.Path;
import java.util.Locale;

/** How the tar of a package is compressed. A reader finds out by itself. */
public enum Compression {
  /** Not at all: {@code .tar}. */
  NONE,
  /** {@code .tar.gz} or {@code .tgz}: understood everywhere, slow. */
  GZIP,
  /** {@code .tar.zst}: fast; needs {@code com.github.luben:zstd-jni} on the class path. */
  ZSTD;

  /** Returns what the name of a file asks for; {@link #NONE} if it asks for nothing known. */
  public static Compression forFile(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz") || name.endsWith(".tgz")) {
      return GZIP;
    }
    return name.endsWith(".zst") || name.endsWith(".tzst") ? ZSTD : NONE;
  }
}
