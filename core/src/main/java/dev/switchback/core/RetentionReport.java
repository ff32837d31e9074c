// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a retention policy lets go of, and why each of the rest is kept.
 *
 * @param items everything that was looked at, by app and kind, blobs last
 */
public record RetentionReport(List<Item> items) {

  /** What can go. */
  public enum Kind {
    /** The state of an app at a generation. */
    REVISION,
    /** A build in the history of a component. */
    BUILD,
    /** The journal of an operation; its record stays. */
    JOURNAL,
    /** Bytes under their digest. */
    BLOB
  }

  /**
   * One thing that was looked at.
   *
   * @param kind what it is
   * @param owner the app it belongs to; null for a blob
   * @param name names it: a generation, component and build, a record, a digest
   * @param goes whether it goes, or went
   * @param reason why it goes or is kept
   * @param bytes how large it is; 0 if it is no blob
   */
  public record Item(
      Kind kind, @Nullable AppId owner, String name, boolean goes, String reason, long bytes) {

    /** Checks that nothing is missing. */
    public Item {
      requireNonNull(kind, "kind");
      requireNonNull(name, "name");
      requireNonNull(reason, "reason");
    }

    /** Returns the app it belongs to; empty for a blob. */
    public Optional<AppId> app() {
      return Optional.ofNullable(owner);
    }
  }

  /** Copies the list. */
  public RetentionReport {
    items = List.copyOf(items);
  }

  /** Returns what goes, or went. */
  public List<Item> going() {
    return items.stream().filter(Item::goes).toList();
  }

  /** Returns what is kept. */
  public List<Item> kept() {
    return items.stream().filter(item -> !item.goes()).toList();
  }

  /** Returns how many bytes the blobs have that go, or went. */
  public long bytesGoing() {
    return going().stream().mapToLong(Item::bytes).sum();
  }
}
