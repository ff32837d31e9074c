// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.storage.JournalStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal of one operation: collects lines, writes them together, knows where a step stands. */
final class Journal {

  private final JournalStore store;
  private final InstantSource clock;
  private final RecordId record;
  private final List<JournalEntry> unwritten = new ArrayList<>();
  private final Map<StepId, JournalEntry> last = new HashMap<>();
  private long sequence;

  private Journal(JournalStore store, InstantSource clock, RecordId record) {
    this.store = store;
    this.clock = clock;
    this.record = record;
  }

  /** Opens the journal of {@code record}, with the lines that are in it already. */
  static Journal open(JournalStore store, InstantSource clock, RecordId record) {
    Journal journal = new Journal(store, clock, record);
    for (JournalEntry entry : store.read(record)) {
      journal.last.put(entry.step(), entry);
      journal.sequence = entry.sequence();
    }
    return journal;
  }

  /** Returns the last line about {@code step}, written or not. */
  Optional<JournalEntry> last(StepId step) {
    return Optional.ofNullable(last.get(step));
  }

  void add(
      Phase phase,
      StepId step,
      StepAction action,
      @Nullable ComponentKey component,
      String message) {
    Instant now = clock.instant();
    JournalEntry entry =
        new JournalEntry(record, ++sequence, phase, step, action, component, message, now);
    unwritten.add(entry);
    last.put(step, entry);
  }

  /** Writes what was added; durable when this returns. */
  void write(Lease lease) {
    if (!unwritten.isEmpty()) {
      store.append(lease, List.copyOf(unwritten));
      unwritten.clear();
    }
  }
}
