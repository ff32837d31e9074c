// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.StepId;
import dev.switchback.storage.Commit;
import dev.switchback.storage.StoredOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about one operation, and the only one who writes it: its record and its journal.
 * Lines are collected and written together; the record is created by the first write, so that what
 * the first steps are about to do is there with it or not at all.
 */
final class OperationLog {

  private final Site site;
  private final LeaseKeeper lease;
  private final AppState wanted;
  private OperationRecord record;
  private boolean created;
  private final List<JournalEntry> unwritten = new ArrayList<>();
  private final Map<StepId, JournalEntry> last = new HashMap<>();
  private final Map<StepId, Instant> begun = new HashMap<>();
  private long sequence;

  private OperationLog(Site site, LeaseKeeper lease, StoredOperation operation, boolean created) {
    this.site = site;
    this.lease = lease;
    this.wanted = operation.wanted();
    this.record = operation.record();
    this.created = created;
  }

  /** Starts the log of a new operation; writes nothing yet. */
  static OperationLog begin(Site site, LeaseKeeper lease, StoredOperation operation) {
    return new OperationLog(site, lease, operation, false);
  }

  /** Takes up the log of an operation that was begun before, with the lines it has. */
  static OperationLog open(Site site, LeaseKeeper lease, StoredOperation operation) {
    OperationLog log = new OperationLog(site, lease, operation, true);
    site.storage().journals().read(log.record.id()).forEach(log::take);
    return log;
  }

  OperationRecord record() {
    return record;
  }

  AppState wanted() {
    return wanted;
  }

  /** Returns the last line about {@code step}, written or not. */
  Optional<JournalEntry> last(StepId step) {
    return Optional.ofNullable(last.get(step));
  }

  /** Returns when {@code step} was first about to begin. */
  Optional<Instant> begun(StepId step) {
    return Optional.ofNullable(begun.get(step));
  }

  /** Adds a line about {@code step} as it stands. */
  void add(Phase phase, StepRun step) {
    JournalEntry entry = new JournalEntry(
        record.id(),
        sequence + 1,
        phase,
        step.id,
        step.action,
        step.component,
        step.message,
        step.evidence,
        site.clock().instant());
    unwritten.add(entry);
    take(entry);
  }

  private void take(JournalEntry entry) {
    sequence = entry.sequence();
    last.put(entry.step(), entry);
    begun.putIfAbsent(entry.step(), entry.at());
  }

  /** Writes what was added, if anything; durable when this returns. */
  void write() {
    if (unwritten.isEmpty()) {
      return;
    }
    Commit.Builder commit = commit();
    if (!created) {
      commit.begin(new StoredOperation(record, wanted));
    }
    Commits.write(site, lease.current(), commit.build());
    written(record);
  }

  /** Changes the record, with what was added, and keeps the lease. */
  void change(OperationRecord next) {
    Commits.write(site, lease.current(), commit().record(record, next).build());
    written(next);
  }

  /**
   * Ends this run of the operation in one step: what was added, the record as it is from now on, the
   * state of the app where it changes, and the lease given back.
   */
  void end(OperationRecord next, @Nullable AppState state, List<Build> builds) {
    Commit.Builder commit = commit().builds(builds).release();
    if (state != null) {
      commit.state(state);
    }
    if (created) {
      commit.record(record, next);
    } else {
      commit.begin(new StoredOperation(next, wanted));
    }
    Commits.write(site, lease.current(), commit.build());
    lease.given();
    written(next);
  }

  private Commit.Builder commit() {
    return Commit.of(record.app()).journal(List.copyOf(unwritten));
  }

  private void written(OperationRecord now) {
    unwritten.clear();
    created = true;
    record = now;
  }
}
