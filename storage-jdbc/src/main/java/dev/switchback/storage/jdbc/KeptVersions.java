// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The template versions that were read last, so that a document that is still the same is not parsed
 * again, nor sent by the database. What is kept is never taken for what is stored: its head, which has
 * the digest of all the rest, is compared in the database at each read.
 */
final class KeptVersions {

  /** Of the characters that all of the memory could hold, about. */
  private static final int PART = 64;

  /**
   * A version as it was read.
   *
   * @param head the text of its head
   * @param size how many characters its document has
   */
  record Kept(String head, TemplateVersion version, int size) {}

  private final long most;
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long size;

  KeptVersions() {
    this(Runtime.getRuntime().maxMemory() / PART);
  }

  /**
   * Makes one.
   *
   * @param most how many characters the documents of what is kept may have together
   */
  KeptVersions(long most) {
    this.most = most;
  }

  /** Returns what is kept of a version, or null. */
  synchronized @Nullable Kept find(VersionRef ref) {
    return kept.get(key(ref));
  }

  /** Keeps a version, and drops those that were not asked for the longest. */
  synchronized void put(VersionRef ref, Kept version) {
    if (version.size() > most) {
      return;
    }
    Kept before = kept.put(key(ref), version);
    size += version.size() - (before == null ? 0 : before.size());
    Iterator<Kept> eldest = kept.values().iterator();
    while (size > most) {
      size -= eldest.next().size();
      eldest.remove();
    }
  }

  /** All spellings of a version are one version. */
  private static String key(VersionRef ref) {
    return ref.version().sortKey() + " " + ref.template().value();
  }
}
