// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.ComponentResult.Outcome;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.JournalEntry.Phase;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Component;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The invariants of the records of one app, oldest first, of their journals and of its states. */
final class RecordInvariants {

  private final Storage storage;
  private final List<String> found;
  private final Set<ComponentKey> failed = new HashSet<>();

  RecordInvariants(Storage storage, List<String> found) {
    this.storage = storage;
    this.found = found;
  }

  /** Tells whether one of the records says that it could not bring {@code component} about. */
  boolean isNamedAsFailed(ComponentKey component) {
    return failed.contains(component);
  }

  void check(Optional<AppState> state, List<OperationRecord> records) {
    long generation = 0;
    Digest previous = null;
    OperationRecord effective = null;
    for (OperationRecord record : records) {
      if (!record.previous().equals(Optional.ofNullable(previous))) {
        add(record, "is not chained to the record before it");
      }
      previous = JsonFormats.operationRecord().digest(record);
      if (record.baseGeneration() != generation) {
        add(
            record,
            "began at generation " + record.baseGeneration() + ", the app was at " + generation);
      }
      if (record.resultGeneration() > 0) {
        if (record.resultGeneration() != generation + 1) {
          add(
              record,
              "brought about generation " + record.resultGeneration() + " after " + generation);
        }
        generation = record.resultGeneration();
        effective = record;
      }
      checkStatus(record);
      checkJournal(record);
      checkResult(record);
    }
    long recorded = state.map(AppState::generation).orElse(0L);
    if (recorded != generation) {
      found.add("the app is at generation " + recorded + ", by its records at " + generation);
    }
    if (state.isPresent()
        && !state.get().record().equals(Optional.ofNullable(effective).map(OperationRecord::id))) {
      found.add("the state of the app names record " + state.get().record() + ", not " + effective);
    }
  }

  /** Holds the status to the results. */
  private void checkStatus(OperationRecord record) {
    EnumSet<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    record.results().forEach(result -> outcomes.add(result.outcome()));
    boolean changed = record.resultGeneration() > 0;
    boolean truthful = switch (record.status()) {
      case PLANNED, RUNNING, ROLLING_BACK, PAUSED -> false;
      case SUCCEEDED, ROLLED_BACK ->
        Set.of(Outcome.DONE).containsAll(outcomes)
            && (changed || record.results().stream().allMatch(RecordInvariants::isNothing));
      case PARTLY_SUCCEEDED, PARTLY_ROLLED_BACK ->
        changed && outcomes.contains(Outcome.DONE) && outcomes.size() > 1;
      case FAILED, ROLLBACK_FAILED ->
        !outcomes.contains(Outcome.DONE)
            && (outcomes.contains(Outcome.FAILED) || outcomes.contains(Outcome.UNKNOWN));
      case DEPLOY_FAILED ->
        !changed && !outcomes.contains(Outcome.DONE) && !outcomes.contains(Outcome.UNDONE);
      case UNDONE ->
        !changed && !outcomes.contains(Outcome.DONE) && !outcomes.contains(Outcome.UNKNOWN);
      case CANCELLED -> !changed && Set.of(Outcome.PENDING).containsAll(outcomes);
    };
    if (!truthful || record.finishedAt().isPresent() != record.status().isTerminal()) {
      add(
          record,
          "is " + record.status() + " with results " + record.results()
              + ", generation " + record.baseGeneration() + " to " + record.resultGeneration()
              + ", ended " + record.finishedAt());
    }
    if (!changed && record.status().isTerminal()) {
      return;
    }
    record.results().stream()
        .filter(result -> result.outcome() == Outcome.FAILED || result.outcome() == Outcome.UNKNOWN)
        .map(ComponentResult::component)
        .filter(component -> component != null)
        .forEach(failed::add);
  }

  private static boolean isNothing(ComponentResult result) {
    return result.action() == StepAction.NOTHING;
  }

  /** Holds the journal to the results, step by step; a journal that was let go of is not there. */
  private void checkJournal(OperationRecord record) {
    List<JournalEntry> journal = storage.journals().read(record.id());
    if (journal.isEmpty()
        && record.results().stream().noneMatch(result -> result.outcome() == Outcome.DONE)) {
      return;
    }
    Map<StepId, Phase> last = new HashMap<>();
    long sequence = 0;
    for (JournalEntry entry : journal) {
      if (entry.sequence() != ++sequence || !entry.record().equals(record.id())) {
        add(record, "has a journal with gaps: " + entry);
      }
      if (entry.phase() != Phase.INTENT && !last.containsKey(entry.step())) {
        add(record, "has an outcome without an intent: " + entry);
      }
      last.put(entry.step(), entry.phase());
    }
    for (int i = 0; i < record.results().size(); i++) {
      StepId step = StepId.of(record.id(), i);
      ComponentResult result = record.results().get(i);
      Optional<Phase> undo = last.entrySet().stream()
          .filter(entry -> entry.getKey().value().startsWith(step.value() + "-"))
          .map(Map.Entry::getValue)
          .findFirst();
      if (!agrees(result, Optional.ofNullable(last.get(step)), undo)) {
        add(
            record,
            "says " + result + " of step " + step + ", its journal " + last.get(step)
                + undo.map(phase -> " and taken back: " + phase).orElse(""));
      }
    }
  }

  /** A step that is pending may have been announced, and taken off again, if nobody asked for it. */
  private static boolean agrees(
      ComponentResult result, Optional<Phase> step, Optional<Phase> undo) {
    return switch (result.outcome()) {
      case PENDING ->
        undo.isEmpty()
            && Set.of(Phase.INTENT, Phase.UNDONE).containsAll(step.stream().toList());
      case DONE -> step.equals(Optional.of(Phase.DONE)) && undo.isEmpty();
      case FAILED ->
        step.isPresent() && (step.get() == Phase.FAILED || undo.equals(Optional.of(Phase.FAILED)));
      case UNDONE ->
        step.isPresent() && (undo.equals(Optional.of(Phase.UNDONE)) || step.get() == Phase.UNDONE);
      case UNKNOWN -> step.isPresent();
    };
  }

  /**
   * Holds the state that an operation brought about to its results: wanted where it was done, as before
   * where it was not, or was taken back.
   */
  private void checkResult(OperationRecord record) {
    Optional<AppState> after = storage.apps().findRevision(record.app(), record.resultGeneration());
    Optional<AppState> before = storage.apps().findRevision(record.app(), record.baseGeneration());
    Optional<AppState> wanted = storage.records().find(record.id()).map(StoredOperation::wanted);
    boolean known = record.baseGeneration() == 0 || before.isPresent();
    if (after.isEmpty() || wanted.isEmpty() || !known) {
      return;
    }
    if (!after.get().record().equals(Optional.of(record.id()))) {
      add(record, "is not named by the state that it brought about");
    }
    boolean all = true;
    for (ComponentResult result : record.results()) {
      boolean done = result.outcome() == Outcome.DONE;
      all &= done;
      ComponentKey key = result.component();
      if (key == null
          || result.outcome() == Outcome.FAILED
          || result.outcome() == Outcome.UNKNOWN) {
        continue;
      }
      Optional<Component> expected = done
          ? wanted.get().spec().component(key)
          : before.flatMap(state -> state.spec().component(key));
      if (!after.get().spec().component(key).equals(expected)) {
        add(
            record,
            "says " + result.outcome() + " of " + key + ", the state it brought about has "
                + after.get().spec().component(key).map(Component::image) + ", expected "
                + expected.map(Component::image));
      }
    }
    Optional<String> shown = Optional.of(after.get().version().toString());
    Optional<String> to = record.to().or(record::from).map(Object::toString);
    Optional<String> from = record.from().or(record::to).map(Object::toString);
    if (!shown.equals(all ? to : from)) {
      add(
          record,
          "went from " + record.from() + " to " + record.to() + (all ? "" : " in part")
              + ", the app shows " + after.get().version());
    }
  }

  private void add(OperationRecord record, String what) {
    found.add("record " + record.id() + " (" + record.kind() + ") " + what);
  }
}
