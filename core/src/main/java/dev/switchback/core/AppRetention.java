// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.core.RetentionReport.Item;
import dev.switchback.core.RetentionReport.Kind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.Commit;
import dev.switchback.storage.StoredOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of one app can go. Pure: reads books and a policy, writes nothing.
 *
 * <p>Needed are the present revision, whatever an operation that has not ended started from and leads
 * to, and the builds that kept revisions run; what is left goes if the policy does not keep it.
 */
final class AppRetention {

  private final AppBooks books;
  private final RetentionPolicy policy;
  private final Instant now;
  private final List<Item> items = new ArrayList<>();
  private final SortedSet<Long> revisions = new TreeSet<>();
  private final List<Commit.BuildName> builds = new ArrayList<>();
  private final List<RecordId> journals = new ArrayList<>();
  private final List<AppState> keptStates = new ArrayList<>();
  private final List<Build> keptBuilds = new ArrayList<>();
  private final List<OperationRecord> keptOperations = new ArrayList<>();

  private AppRetention(AppBooks books, RetentionPolicy policy, Instant now) {
    this.books = books;
    this.policy = policy;
    this.now = now;
  }

  static AppRetention of(AppBooks books, RetentionPolicy policy, Instant now) {
    AppRetention retention = new AppRetention(books, policy, now);
    retention.decideRevisions();
    retention.decideBuilds();
    retention.decideOperations();
    return retention;
  }

  /** Returns the states that operations which have not ended are to bring about. */
  List<StoredOperation> wanted() {
    return books.wanted();
  }

  /** Returns everything that was looked at. */
  List<Item> items() {
    return items;
  }

  /** Returns the states that are kept. */
  List<AppState> keptStates() {
    return keptStates;
  }

  /** Returns the builds that are kept. */
  List<Build> keptBuilds() {
    return keptBuilds;
  }

  /** Returns the operations of which journal and plan are kept. */
  List<OperationRecord> keptOperations() {
    return keptOperations;
  }

  boolean isEmpty() {
    return revisions.isEmpty() && builds.isEmpty() && journals.isEmpty();
  }

  /** Returns what is to be written; written twice it does what it does once. */
  Commit commit() {
    return Commit.of(books.app())
        .forgetRevisions(revisions)
        .forgetBuilds(builds)
        .forgetJournals(journals)
        .build();
  }

  private void decideRevisions() {
    Map<Long, String> needed = new HashMap<>();
    for (StoredOperation operation : books.wanted()) {
      needed.put(
          operation.record().baseGeneration(),
          "operation " + operation.record().id() + " has not ended and started from it");
    }
    for (int i = 0; i < books.revisions().size(); i++) {
      AppState state = books.revisions().get(i);
      String reason = i == 0
          ? "it is the present one"
          : needed.containsKey(state.generation())
              ? needed.get(state.generation())
              : recent(i, policy.revisions(), "revisions", replacedAt(state.generation()));
      if (reason == null) {
        revisions.add(state.generation());
      } else {
        keptStates.add(state);
      }
      add(Kind.REVISION, Long.toString(state.generation()), reason, policy.revisions());
    }
  }

  /** Returns when another revision took the place of {@code generation}. */
  private @Nullable Instant replacedAt(long generation) {
    Instant at = null;
    for (OperationRecord record : books.records()) {
      if (record.resultGeneration() > generation) {
        at = record.finishedAt().orElse(record.startedAt());
      }
    }
    return at;
  }

  private void decideBuilds() {
    for (Map.Entry<ComponentKey, List<Build>> history : books.builds().entrySet()) {
      int successful = 0;
      for (int i = 0; i < history.getValue().size(); i++) {
        Build build = history.getValue().get(i);
        int position = build.status() == Build.Status.SUCCESS ? Math.min(i, successful++) : i;
        String reason = user(build)
            .orElse(recent(position, policy.builds(), "builds of the component", build.builtAt()));
        if (reason == null) {
          builds.add(new Commit.BuildName(build.component(), build.version()));
        } else {
          keptBuilds.add(build);
        }
        add(Kind.BUILD, build.component() + " " + build.version(), reason, policy.builds());
      }
    }
  }

  /** Returns which kept state runs a build. */
  private Optional<String> user(Build build) {
    for (AppState state : keptStates) {
      if (runs(state, build)) {
        return Optional.of("revision " + state.generation() + " runs it");
      }
    }
    for (StoredOperation operation : books.wanted()) {
      if (runs(operation.wanted(), build)) {
        return Optional.of(
            "operation " + operation.record().id() + " has not ended and is to run it");
      }
    }
    return Optional.empty();
  }

  private static boolean runs(AppState state, Build build) {
    return build.status() == Build.Status.SUCCESS
        && state
            .spec()
            .component(build.component())
            .filter(component -> component.image().equals(build.image())
                && component.command().equals(build.command()))
            .isPresent();
  }

  private void decideOperations() {
    for (int i = 0; i < books.records().size(); i++) {
      OperationRecord record = books.records().get(i);
      String reason = record.status().isTerminal()
          ? recent(
              i, policy.operations(), "operations", record.finishedAt().orElse(record.startedAt()))
          : "the operation has not ended";
      if (reason != null) {
        keptOperations.add(record);
      } else if (books.journals().contains(record.id())) {
        journals.add(record.id());
      }
      if (reason != null || books.journals().contains(record.id())) {
        add(Kind.JOURNAL, record.id().value(), reason, policy.operations());
      }
    }
  }

  /** Returns why something is kept for being recent; null if it is not. */
  private @Nullable String recent(int position, int latest, String what, @Nullable Instant since) {
    if (!books.untouchable().isEmpty()) {
      return books.untouchable();
    }
    if (position < latest) {
      return "it is among the latest " + latest + " " + what;
    }
    if (since == null) {
      return "it is not known how old it is";
    }
    return since.isAfter(now.minus(policy.age()))
        ? "it is younger than " + days(policy.age())
        : null;
  }

  private void add(Kind kind, String name, @Nullable String reason, int latest) {
    items.add(new Item(
        kind,
        books.app(),
        name,
        reason == null,
        reason == null
            ? "it is not among the latest " + latest + " and not younger than " + days(policy.age())
            : reason,
        0));
  }

  static String days(Duration duration) {
    return duration.toHours() % 24 == 0 ? duration.toDays() + " d" : duration.toString();
  }
}
