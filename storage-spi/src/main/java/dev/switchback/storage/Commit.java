// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.OperationRecord;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written about one app in one atomic step, under the app's lease: all of it or
 * nothing. The parts are written in the order in which the methods of {@link Builder} stand.
 */
public final class Commit {

  /**
   * A record that changes.
   *
   * @param expected the record as it must be stored now
   * @param next the record as it is to be; id and app stay the same, so does the state wanted
   */
  public record RecordChange(OperationRecord expected, OperationRecord next) {

    /**
     * Checks that it is one record.
     *
     * @throws IllegalArgumentException if id or app differ
     */
    public RecordChange {
      if (!next.id().equals(expected.id()) || !next.app().equals(expected.app())) {
        throw new IllegalArgumentException("Invalid change of record " + expected.id() + " of "
            + expected.app() + ": it would be " + next.id() + " of " + next.app());
      }
    }
  }

  /**
   * Names one build.
   *
   * @param component its component
   * @param version its name
   */
  public record BuildName(ComponentKey component, String version) {

    /** Checks that nothing is missing. */
    public BuildName {
      requireNonNull(component, "component");
      requireNonNull(version, "version");
    }
  }

  private final AppId app;
  private final @Nullable StoredOperation operation;
  private final List<JournalEntry> journal;
  private final @Nullable AppState state;
  private final List<Build> builds;
  private final @Nullable RecordChange recordChange;
  private final Set<Long> forgottenRevisions;
  private final List<BuildName> forgottenBuilds;
  private final Set<RecordId> forgottenJournals;
  private final boolean release;

  private Commit(Builder builder) {
    this.app = builder.app;
    this.operation = builder.operation;
    this.journal = List.copyOf(builder.journal);
    this.state = builder.state;
    this.builds = List.copyOf(builder.builds);
    this.recordChange = builder.recordChange;
    this.forgottenRevisions = Collections.unmodifiableSet(new TreeSet<>(builder.revisions));
    this.forgottenBuilds = List.copyOf(builder.forgottenBuilds);
    this.forgottenJournals =
        Collections.unmodifiableSet(new LinkedHashSet<>(builder.forgottenJournals));
    this.release = builder.release;
  }

  /** Starts an empty one about {@code app}. */
  public static Builder of(AppId app) {
    return new Builder(app);
  }

  /** Returns the app. */
  public AppId app() {
    return app;
  }

  /** Returns the record to create, with the state its operation wants. */
  public Optional<StoredOperation> operation() {
    return Optional.ofNullable(operation);
  }

  /** Returns the entries to append to the journal of one operation of the app; may be empty. */
  public List<JournalEntry> journal() {
    return journal;
  }

  /** Returns the state to swap in. */
  public Optional<AppState> state() {
    return Optional.ofNullable(state);
  }

  /** Returns the builds to append to the histories of their components; may be empty. */
  public List<Build> builds() {
    return builds;
  }

  /** Returns the change of a record. */
  public Optional<RecordChange> recordChange() {
    return Optional.ofNullable(recordChange);
  }

  /** Returns the generations of which the revision is to be removed, smallest first. */
  public Set<Long> forgottenRevisions() {
    return forgottenRevisions;
  }

  /** Returns the builds to remove. */
  public List<BuildName> forgottenBuilds() {
    return forgottenBuilds;
  }

  /** Returns the records whose journals are to be removed. */
  public Set<RecordId> forgottenJournals() {
    return forgottenJournals;
  }

  /** Tells whether the lease is to be given back. */
  public boolean releasesLease() {
    return release;
  }

  /** Collects what is to be written. */
  public static final class Builder {

    private final AppId app;
    private @Nullable StoredOperation operation;
    private List<JournalEntry> journal = List.of();
    private @Nullable AppState state;
    private List<Build> builds = List.of();
    private @Nullable RecordChange recordChange;
    private Set<Long> revisions = Set.of();
    private List<BuildName> forgottenBuilds = List.of();
    private List<RecordId> forgottenJournals = List.of();
    private boolean release;

    private Builder(AppId app) {
      this.app = requireNonNull(app, "app");
    }

    /** Creates a record; refused as stale if there is one of that id. */
    public Builder begin(StoredOperation operation) {
      check(operation.record().app(), "record");
      this.operation = operation;
      return this;
    }

    /**
     * Appends entries to the journal of one operation of the app; refused as stale if the first
     * sequence number is not the next one.
     *
     * @throws IllegalArgumentException if the entries are of several operations or have gaps
     */
    public Builder journal(List<JournalEntry> entries) {
      for (int i = 1; i < entries.size(); i++) {
        JournalEntry entry = entries.get(i);
        JournalEntry first = entries.get(0);
        if (!entry.record().equals(first.record()) || entry.sequence() != first.sequence() + i) {
          throw new IllegalArgumentException("Invalid entries: entry " + entry.sequence() + " of "
              + entry.record() + " does not follow entry " + (first.sequence() + i - 1) + " of "
              + first.record());
        }
      }
      this.journal = entries;
      return this;
    }

    /**
     * Makes {@code next} the state of the app; refused as stale unless the state now has the
     * generation one lower (zero: there is none). The state before stays as a revision.
     */
    public Builder state(AppState next) {
      check(next.app(), "state");
      this.state = next;
      return this;
    }

    /**
     * Appends builds to the histories of their components; refused as stale if there is one of that
     * version or that sequence number already, or a later one.
     *
     * @throws IllegalArgumentException if one has a sequence number below 1
     */
    public Builder builds(List<Build> builds) {
      for (Build build : builds) {
        check(build.app(), "build");
        if (build.sequence() < 1) {
          throw new IllegalArgumentException("Invalid build " + build.version() + " of "
              + build.component() + ": its sequence number is " + build.sequence()
              + ", they count from 1");
        }
      }
      this.builds = builds;
      return this;
    }

    /** Changes a record; refused as stale if the stored one does not equal {@code expected}. */
    public Builder record(OperationRecord expected, OperationRecord next) {
      check(expected.app(), "record");
      this.recordChange = new RecordChange(expected, next);
      return this;
    }

    /**
     * Removes the revisions of these generations; those that are not there do not matter. Refused as
     * stale if one of them is the state of the app after this commit.
     */
    public Builder forgetRevisions(Set<Long> generations) {
      this.revisions = generations;
      return this;
    }

    /** Removes builds; those that are not there do not matter. */
    public Builder forgetBuilds(List<BuildName> builds) {
      this.forgottenBuilds = builds;
      return this;
    }

    /** Removes the journals of records of the app; the records stay. */
    public Builder forgetJournals(List<RecordId> records) {
      this.forgottenJournals = records;
      return this;
    }

    /** Gives the lease back. */
    public Builder release() {
      this.release = true;
      return this;
    }

    /** Returns the finished value. */
    public Commit build() {
      return new Commit(this);
    }

    private void check(AppId of, String what) {
      if (!of.equals(app)) {
        throw new IllegalArgumentException(
            "Invalid " + what + ": it is of " + of + ", the commit is about " + app);
      }
    }
  }
}
