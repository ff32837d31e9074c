// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.app.Lease;

/**
 * Keeps everything but blobs: template versions, apps and their revisions, records, journals, builds
 * and leases.
 *
 * <p>This is only the way to the parts; each of them has its own small contract. All parts of one
 * storage see each other's leases. What changes under the lease of an app is written by {@link
 * #commit}, in one step.
 */
public interface Storage extends AutoCloseable {

  /** Returns the part that keeps template versions. */
  TemplateStore templates();

  /** Returns the part that reads apps and their revisions. */
  AppStore apps();

  /** Returns the part that reads the records of operations. */
  RecordStore records();

  /** Returns the part that reads the journals of operations. */
  JournalStore journals();

  /** Returns the part that reads the build history of components. */
  BuildStore builds();

  /** Returns the part that grants leases. */
  LeaseStore leases();

  /** Returns the part that carries signals to operations under way. */
  SignalStore signals();

  /** Returns the part that keeps what people decided about apps. */
  AuditStore audit();

  /**
   * Writes all that {@code commit} says about one app in one atomic and durable step, if {@code
   * lease} is still the lease of the app, expired or not.
   *
   * @throws IllegalArgumentException if the lease is of another app, or a journal entry is of a record
   *     that the app does not have
   * @throws StaleStateException if a part of it does not fit what is stored, as {@link
   *     Commit.Builder} says; nothing was written
   * @throws FencedOffException if the lease was released or has passed to another holder; nothing was
   *     written
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  void commit(Lease lease, Commit commit);

  /**
   * Closes the storage when the calls under way have ended; nothing is lost by it. Calls that come
   * later are refused by an {@link IllegalStateException}; a second close does nothing.
   */
  @Override
  void close();
}
