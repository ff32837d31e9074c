// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import dev.switchback.model.Digest;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one pass over the file: takes out what a package has, under the digests it really has, and
 * reports all else. Writes nothing but to the spool, and no name from the archive becomes a path.
 */
final class ArchiveScan {

  private static final Set<String> DIRECTORIES = Set.of("", "blobs/", Oci.BLOBS);
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final ReadOptions options;
  private final Spool spool;
  private final Problems problems;
  private final Map<String, byte[]> heads = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Set<Digest> damaged = new HashSet<>();
  private Compression compression = Compression.NONE;
  private boolean complete;

  ArchiveScan(ReadOptions options, Spool spool, Problems problems) {
    this.options = options;
    this.spool = spool;
    this.problems = problems;
  }

  /** Says that the package is larger than the reader is willing to read. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
      super(message);
    }
  }

  /** Reads the file to its end, or to where it cannot be understood any more. */
  void read(InputStream file) {
    try {
      BufferedInputStream buffered = new BufferedInputStream(file, 64 * 1024);
      compression = Streams.detect(buffered);
      var missing = Streams.findMissing(compression);
      if (missing.isPresent()) {
        problems.add(missing.get());
        return;
      }
      try (InputStream expanded = limited(Streams.expand(buffered, compression))) {
        readEntries(new TarInput(expanded));
      }
      complete = true;
    } catch (TooLargeException e) {
      problems.add(
          "too-large", "", Streams.reason(e), "raise the limit if the package can be trusted");
    } catch (IOException e) {
      addBroken(e);
    }
  }

  private void addBroken(IOException failure) {
    if (names.isEmpty() && compression == Compression.NONE) {
      problems.add(
          "not-a-package",
          "",
          "it is no tar, and neither gzip nor zstd",
          "name a file that was made by export");
    } else {
      problems.addDamage("damaged", "", Streams.reason(failure));
    }
  }

  private InputStream limited(InputStream in) {
    long most = options.maxExpandedBytes();
    return new FilterInputStream(in) {
      private long count;

      @Override
      public int read() throws IOException {
        throw new IOException("Reading one by one is not offered");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count += Math.max(0, read);
        if (count > most) {
          throw new TooLargeException("it expands to more than " + most + " bytes");
        }
        return read;
      }
    };
  }

  private void readEntries(TarInput tar) throws IOException {
    int count = 0;
    TarInput.Entry entry;
    while ((entry = tar.next()) != null) {
      if (++count > options.maxEntries()) {
        throw new TooLargeException("it has more than " + options.maxEntries() + " entries");
      }
      accept(entry, tar);
    }
  }

  private void accept(TarInput.Entry entry, TarInput tar) throws IOException {
    // What "tar -c ." writes; nothing else is mended.
    String name = entry.name().startsWith("./") ? entry.name().substring(2) : entry.name();
    if (entry.isDirectory() && DIRECTORIES.contains(name)) {
      return;
    }
    boolean head = name.equals(Oci.LAYOUT_FILE) || name.equals(Oci.INDEX_FILE);
    boolean blob = name.startsWith(Oci.BLOBS)
        && HEX.matcher(name.substring(Oci.BLOBS.length())).matches();
    if (!head && !blob) {
      addUnexpected(entry);
    } else if (!entry.isFile()) {
      problems.add("unexpected-entry", name, "it is " + entry.kind() + ", not a file", "");
    } else if (!names.add(name)) {
      problems.add("duplicate-entry", name, "it is there twice", "");
    } else if (entry.size() > options.maxDocumentBytes()) {
      throw new TooLargeException(name
          + " has "
          + entry.size()
          + " bytes, at most "
          + options.maxDocumentBytes()
          + " are allowed");
    } else if (head) {
      heads.put(name, Spool.readBytes(tar, (int) entry.size()));
    } else {
      addBlob(new Digest(name.substring(Oci.BLOBS.length())), name, entry, tar);
    }
  }

  private void addBlob(Digest expected, String name, TarInput.Entry entry, TarInput tar)
      throws IOException {
    Digest actual = spool.add(tar, entry.size());
    if (!actual.equals(expected)) {
      damaged.add(expected);
      problems.addDamage("wrong-digest", name, "its bytes have the digest " + actual);
    }
  }

  private void addUnexpected(TarInput.Entry entry) throws IOException {
    if (entry.size() > options.maxExpandedBytes()) {
      throw new TooLargeException(
          Problems.shown(entry.name()) + " says that it has " + entry.size() + " bytes");
    }
    String name = entry.name();
    String reason = "a package has no such entry";
    if (name.startsWith("/") || name.startsWith("\\") || name.matches("(?s)[A-Za-z]:.*")) {
      reason = "it is an absolute path, and " + reason;
    } else if (name.matches("(?s)(.*[/\\\\])?\\.\\.([/\\\\].*)?")) {
      reason = "it leads out of the package, and " + reason;
    } else if (!entry.isFile()) {
      reason = "it is " + entry.kind() + ", and " + reason;
    }
    problems.add("unexpected-entry", name.isEmpty() ? "(no name)" : name, reason, "");
  }

  /** Tells whether the archive was read to its regular end. */
  boolean isComplete() {
    return complete;
  }

  Compression compression() {
    return compression;
  }

  /** Returns {@code oci-layout} or {@code index.json}; null if it is not there. */
  byte @Nullable [] head(String name) {
    return heads.get(name);
  }

  /** Tells whether a blob was there under this digest with other bytes, which is reported. */
  boolean isDamaged(Digest digest) {
    return damaged.contains(digest);
  }
}
