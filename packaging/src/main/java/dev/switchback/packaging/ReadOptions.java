// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much of a package is believed before it has been checked, and where it is checked. */
public final class ReadOptions {

  private static final long MIB = 1024 * 1024;
  private static final ReadOptions DEFAULTS = new ReadOptions(null, 64 * MIB, 1024 * MIB, 100_000);

  private final @Nullable Path staging;
  private final long maxDocumentBytes;
  private final long maxExpandedBytes;
  private final int maxEntries;

  private ReadOptions(
      @Nullable Path staging, long maxDocumentBytes, long maxExpandedBytes, int maxEntries) {
    this.staging = staging;
    this.maxDocumentBytes = maxDocumentBytes;
    this.maxExpandedBytes = maxExpandedBytes;
    this.maxEntries = maxEntries;
  }

  /**
   * Returns the usual ones: documents of at most 64 MiB, 1 GiB in all once expanded, 100 000
   * entries, staging in the directory for temporary files.
   */
  public static ReadOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these with another directory, which exists, in which larger documents are staged. */
  public ReadOptions withStaging(Path directory) {
    return new ReadOptions(
        requireNonNull(directory, "directory"), maxDocumentBytes, maxExpandedBytes, maxEntries);
  }

  /** Returns these with another limit for one document, in bytes; at least 1. */
  public ReadOptions withMaxDocumentBytes(long bytes) {
    // A document is parsed from one array.
    long most = Math.min(positive(bytes, "maxDocumentBytes"), Integer.MAX_VALUE - 16L);
    return new ReadOptions(staging, most, maxExpandedBytes, maxEntries);
  }

  /** Returns these with another limit for the whole package once expanded, in bytes; at least 1. */
  public ReadOptions withMaxExpandedBytes(long bytes) {
    return new ReadOptions(
        staging, maxDocumentBytes, positive(bytes, "maxExpandedBytes"), maxEntries);
  }

  /** Returns these with another limit for the number of entries; at least 1. */
  public ReadOptions withMaxEntries(int entries) {
    return new ReadOptions(
        staging, maxDocumentBytes, maxExpandedBytes, (int) positive(entries, "maxEntries"));
  }

  private static long positive(long number, String what) {
    if (number < 1) {
      throw new IllegalArgumentException("Invalid " + what + ": " + number + " is less than 1");
    }
    return number;
  }

  Optional<Path> staging() {
    return Optional.ofNullable(staging);
  }

  long maxDocumentBytes() {
    return maxDocumentBytes;
  }

  long maxExpandedBytes() {
    return maxExpandedBytes;
  }

  int maxEntries() {
    return maxEntries;
  }
}
