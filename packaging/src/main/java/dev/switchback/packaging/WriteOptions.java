// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a package is written. */
public final class WriteOptions {

  private static final WriteOptions DEFAULTS = new WriteOptions(false, null);

  private final boolean replacing;
  private final @Nullable Compression compression;

  private WriteOptions(boolean replacing, @Nullable Compression compression) {
    this.replacing = replacing;
    this.compression = compression;
  }

  /** Returns the usual ones: an existing file is refused, the file name says how to compress. */
  public static WriteOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these, but that an existing file is replaced once the new one is complete. */
  public WriteOptions replacingExisting() {
    return new WriteOptions(true, compression);
  }

  /** Returns these with a compression, whatever the file is called. */
  public WriteOptions withCompression(Compression compression) {
    return new WriteOptions(replacing, requireNonNull(compression, "compression"));
  }

  boolean isReplacing() {
    return replacing;
  }

  Compression compressionFor(Path file) {
    return compression == null ? Compression.forFile(file) : compression;
  }
}
