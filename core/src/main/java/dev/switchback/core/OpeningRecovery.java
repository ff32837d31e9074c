// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.app.RecordStatus;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Finishes what an earlier process left behind, on a thread of its own: at once where nobody holds the
 * lease any more, else when it has run out. Ends when there is nothing left; keeps no JVM up.
 */
final class OpeningRecovery implements AutoCloseable {

  private final Site site;
  private final Apps apps;
  private final ExecutionOptions options;
  private final Thread thread = new Thread(this::work, "switchback-recovery");
  private volatile boolean closed;

  private OpeningRecovery(Site site, Apps apps, ExecutionOptions options) {
    this.site = site;
    this.apps = apps;
    this.options = options;
  }

  static OpeningRecovery start(Site site, Apps apps, ExecutionOptions options) {
    OpeningRecovery recovery = new OpeningRecovery(site, apps, options);
    recovery.thread.setDaemon(true);
    recovery.thread.start();
    return recovery;
  }

  private void work() {
    while (!closed && isAnythingLeft()) {
      try {
        apps.recover(options);
      } catch (RuntimeException e) {
        log("Cannot finish every operation that was cut short yet", e);
      }
      if (!closed && isAnythingLeft()) {
        // Nobody tells when another process last renewed its lease.
        site.pause().forAbout(site.leaseDuration().dividedBy(3));
      }
    }
  }

  private boolean isAnythingLeft() {
    RecordQuery open = RecordQuery.all()
        .withStatus(List.of(RecordStatus.PLANNED, RecordStatus.RUNNING, RecordStatus.ROLLING_BACK));
    try {
      return !site.storage().records().list(open, PageRequest.first(1)).items().isEmpty();
    } catch (RuntimeException e) {
      log("Cannot find out whether an operation was cut short", e);
      return !closed;
    }
  }

  private void log(String what, RuntimeException failure) {
    if (!closed) {
      System.getLogger(OpeningRecovery.class.getName())
          .log(System.Logger.Level.WARNING, what, failure);
    }
  }

  /** Begins no further operation. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
