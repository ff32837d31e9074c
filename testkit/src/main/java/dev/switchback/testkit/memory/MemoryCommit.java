// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.Commit;
import dev.switchback.storage.StaleStateException;
import dev.switchback.storage.StoredOperation;
import dev.switchback.testkit.memory.MemoryContent.ComponentOf;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes one commit: every part is checked first, then every part is written. The caller holds the
 * lock on the content.
 */
final class MemoryCommit {

  private final MemoryContent content;
  private final Lease lease;
  private final Commit commit;

  MemoryCommit(MemoryContent content, Lease lease, Commit commit) {
    this.content = content;
    this.lease = lease;
    this.commit = commit;
  }

  void run() {
    content.checkFence(lease, commit.app());
    commit.operation().ifPresent(this::checkNew);
    checkJournal();
    commit.state().ifPresent(this::checkNext);
    NavigableMap<String, NavigableMap<Long, Build>> histories = longerHistories();
    commit.recordChange().ifPresent(this::checkExpected);
    checkForgotten();

    commit.operation().ifPresent(this::create);
    writeJournal();
    commit.state().ifPresent(this::swap);
    histories.values().forEach(history -> {
      Build any = history.firstEntry().getValue();
      content.builds.put(new ComponentOf(any.app(), any.component()), history);
    });
    commit.recordChange().ifPresent(this::change);
    forget();
    if (commit.releasesLease()) {
      content.leases.remove(commit.app());
    }
  }

  private void checkNew(StoredOperation operation) {
    RecordId id = operation.record().id();
    if (content.recordNumbers.containsKey(id)) {
      throw new StaleStateException("Cannot create record " + id + ": there is one already");
    }
  }

  private void create(StoredOperation operation) {
    long number = content.records.isEmpty() ? 1 : content.records.lastKey() + 1;
    content.recordNumbers.put(operation.record().id(), number);
    content.records.put(number, operation);
  }

  private void checkJournal() {
    if (commit.journal().isEmpty()) {
      return;
    }
    JournalEntry first = commit.journal().get(0);
    RecordId record = first.record();
    checkRecord(record);
    int present = content.journals.getOrDefault(record, List.of()).size();
    if (first.sequence() != present + 1) {
      throw new StaleStateException("Cannot append entry " + first.sequence()
          + " to the journal of " + record + ": it has " + present + " entries");
    }
  }

  /** A lease of one app gives no right to write the journal of another. */
  private void checkRecord(RecordId record) {
    boolean created =
        commit.operation().map(it -> it.record().id().equals(record)).orElse(false);
    boolean ofApp = stored(record)
        .filter(operation -> operation.record().app().equals(commit.app()))
        .isPresent();
    if (!created && !ofApp) {
      throw new IllegalArgumentException(
          "Invalid entries: " + commit.app() + " has no record " + record);
    }
  }

  private Optional<StoredOperation> stored(RecordId record) {
    return Optional.ofNullable(content.recordNumbers.get(record)).map(content.records::get);
  }

  private void writeJournal() {
    if (!commit.journal().isEmpty()) {
      RecordId record = commit.journal().get(0).record();
      List<JournalEntry> longer = new ArrayList<>(content.journals.getOrDefault(record, List.of()));
      longer.addAll(commit.journal());
      content.journals.put(record, longer);
    }
  }

  private void checkNext(AppState next) {
    long present = generation();
    if (present != next.generation() - 1) {
      throw new StaleStateException("Cannot bring " + next.app() + " to generation "
          + next.generation() + ": it is at generation " + present);
    }
  }

  private long generation() {
    NavigableMap<Long, AppState> revisions = content.revisions.get(commit.app());
    return revisions == null ? 0 : revisions.lastKey();
  }

  private void swap(AppState next) {
    content
        .revisions
        .computeIfAbsent(next.app(), app -> new TreeMap<>())
        .put(next.generation(), next);
  }

  private NavigableMap<String, NavigableMap<Long, Build>> longerHistories() {
    NavigableMap<String, NavigableMap<Long, Build>> longer = new TreeMap<>();
    for (Build build : commit.builds()) {
      NavigableMap<Long, Build> history = longer.computeIfAbsent(
          build.component().value(),
          key -> new TreeMap<>(content.builds.getOrDefault(
              new ComponentOf(build.app(), build.component()), new TreeMap<>())));
      long last = history.isEmpty() ? 0 : history.lastKey();
      boolean known =
          history.values().stream().anyMatch(present -> present.version().equals(build.version()));
      if (known || build.sequence() <= last) {
        throw new StaleStateException(
            "Cannot append build " + build.version() + " as number " + build.sequence() + " of "
                + build.component() + " in " + build.app() + ": "
                + (known ? "there is one of that version" : "the last one has number " + last));
      }
      history.put(build.sequence(), build);
    }
    return longer;
  }

  private void checkExpected(Commit.RecordChange change) {
    OperationRecord expected = change.expected();
    Optional<OperationRecord> present = commit
        .operation()
        .map(StoredOperation::record)
        .filter(created -> created.id().equals(expected.id()))
        .or(() -> stored(expected.id()).map(StoredOperation::record));
    if (!present.equals(Optional.of(expected))) {
      throw new StaleStateException("Cannot change record " + expected.id() + " from "
          + expected.status() + " to " + change.next().status() + ": "
          + present.map(it -> "it was changed, now " + it).orElse("there is none"));
    }
  }

  private void change(Commit.RecordChange change) {
    Long number = requireNonNull(content.recordNumbers.get(change.next().id()));
    content.records.computeIfPresent(
        number, (it, stored) -> new StoredOperation(change.next(), stored.wanted()));
  }

  private void checkForgotten() {
    long last = commit.state().map(AppState::generation).orElse(generation());
    if (commit.forgottenRevisions().contains(last)) {
      throw new StaleStateException("Cannot remove generation " + last + " of " + commit.app()
          + ": it is the app's present state");
    }
    commit.forgottenJournals().forEach(this::checkRecord);
  }

  private void forget() {
    NavigableMap<Long, AppState> revisions = content.revisions.get(commit.app());
    if (revisions != null) {
      revisions.keySet().removeAll(commit.forgottenRevisions());
    }
    commit.forgottenJournals().forEach(content.journals::remove);
    for (Commit.BuildName name : commit.forgottenBuilds()) {
      NavigableMap<Long, Build> history =
          content.builds.get(new ComponentOf(commit.app(), name.component()));
      if (history != null) {
        history.values().removeIf(build -> build.version().equals(name.version()));
      }
    }
  }
}
