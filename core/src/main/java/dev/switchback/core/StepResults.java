// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.StepId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells what became of each step of an operation from its journal alone. */
final class StepResults {

  private StepResults() {}

  static List<ComponentResult> fromJournal(OperationRecord record, List<JournalEntry> journal) {
    Map<StepId, JournalEntry> last = new HashMap<>();
    journal.forEach(entry -> last.put(entry.step(), entry));
    List<ComponentResult> results = new ArrayList<>();
    for (ComponentResult step : record.results()) {
      StepId id = StepId.of(record.id(), results.size());
      JournalEntry entry = last.get(id);
      JournalEntry undo = last.get(Compensation.undoId(id));
      Outcome outcome = undo != null && undo.phase() == JournalEntry.Phase.UNDONE
          ? Outcome.UNDONE
          : entry == null ? Outcome.PENDING : outcome(entry.phase());
      results.add(new ComponentResult(
          step.component(), step.action(), outcome, entry == null ? "" : entry.message()));
    }
    return results;
  }

  private static Outcome outcome(JournalEntry.Phase phase) {
    return switch (phase) {
      case INTENT -> Outcome.UNKNOWN;
      case DONE -> Outcome.DONE;
      case FAILED -> Outcome.FAILED;
      case UNDONE -> Outcome.UNDONE;
    };
  }
}
