// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

/**
 * Keeps everything but blobs: template versions, apps and their revisions, records, journals, builds
 * and leases.
 *
 * <p>This is only the way to the parts; each of them has its own small contract. All parts of one
 * storage see each other's leases.
 */
public interface Storage extends AutoCloseable {

  /** Returns the part that keeps template versions. */
  TemplateStore templates();

  /** Returns the part that keeps apps and their revisions. */
  AppStore apps();

  /** Returns the part that keeps the records of operations. */
  RecordStore records();

  /** Returns the part that keeps the journals of operations. */
  JournalStore journals();

  /** Returns the part that keeps the build history of components. */
  BuildStore builds();

  /** Returns the part that grants leases. */
  LeaseStore leases();

  /** Closes the storage; nothing is lost by it. A second call does nothing. */
  @Override
  void close();
}
