// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.app.Lease;
import dev.switchback.storage.AppStore;
import dev.switchback.storage.AuditStore;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Commit;
import dev.switchback.storage.JournalStore;
import dev.switchback.storage.LeaseStore;
import dev.switchback.storage.RecordStore;
import dev.switchback.storage.SignalStore;
import dev.switchback.storage.Storage;
import dev.switchback.storage.TemplateStore;
import java.time.InstantSource;

/**
 * A storage in memory: the reference of what the storage contract means, and a quick one for tests.
 *
 * <p>The content lives as long as there is a handle on it. {@link #another()} opens one more handle,
 * as a second node or a restarted process would; each handle is closed by itself.
 */
public final class MemoryStorage implements Storage {

  private final MemoryContent content;
  private final Handle handle = new Handle();

  /** Makes an empty storage whose leases run by the system's clock. */
  public MemoryStorage() {
    this(InstantSource.system());
  }

  /** Makes an empty storage whose leases run by {@code clock}. */
  public MemoryStorage(InstantSource clock) {
    this(new MemoryContent(requireNonNull(clock, "clock")));
  }

  private MemoryStorage(MemoryContent content) {
    this.content = content;
  }

  /** Opens another handle on the same content; possible after this one was closed, too. */
  public MemoryStorage another() {
    return new MemoryStorage(content);
  }

  /** Opens a handle on a copy of the content, with leases by {@code clock}; neither sees the other. */
  public MemoryStorage copy(InstantSource clock) {
    return new MemoryStorage(content.copy(requireNonNull(clock, "clock")));
  }

  @Override
  public TemplateStore templates() {
    return new MemoryTemplates(content, handle);
  }

  @Override
  public AppStore apps() {
    return new MemoryApps(content, handle);
  }

  @Override
  public RecordStore records() {
    return new MemoryRecords(content, handle);
  }

  @Override
  public JournalStore journals() {
    return new MemoryJournals(content, handle);
  }

  @Override
  public BuildStore builds() {
    return new MemoryBuilds(content, handle);
  }

  @Override
  public LeaseStore leases() {
    return new MemoryLeases(content, handle);
  }

  @Override
  public SignalStore signals() {
    return new MemorySignals(content, handle);
  }

  @Override
  public AuditStore audit() {
    return new MemoryAudit(content, handle);
  }

  @Override
  public void commit(Lease lease, Commit commit) {
    synchronized (content) {
      handle.checkOpen();
      new MemoryCommit(content, lease, commit).run();
    }
  }

  @Override
  public void close() {
    handle.close();
  }
}
