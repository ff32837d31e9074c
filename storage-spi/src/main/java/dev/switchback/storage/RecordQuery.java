// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.AppId;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.RecordStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses records. Immutable; starts with all of them and is narrowed by each call. */
public final class RecordQuery {

  private static final RecordQuery ALL = new RecordQuery(
      null, EnumSet.allOf(OperationKind.class), EnumSet.allOf(RecordStatus.class), null, null);

  private final @Nullable AppId app;
  private final Set<OperationKind> kinds;
  private final Set<RecordStatus> statuses;
  private final @Nullable Instant from;
  private final @Nullable Instant before;

  private RecordQuery(
      @Nullable AppId app,
      Set<OperationKind> kinds,
      Set<RecordStatus> statuses,
      @Nullable Instant from,
      @Nullable Instant before) {
    this.app = app;
    this.kinds = Collections.unmodifiableSet(kinds);
    this.statuses = Collections.unmodifiableSet(statuses);
    this.from = from;
    this.before = before;
  }

  /** Chooses every record. */
  public static RecordQuery all() {
    return ALL;
  }

  /** Chooses the records of {@code app}. */
  public static RecordQuery ofApp(AppId app) {
    return new RecordQuery(requireNonNull(app, "app"), ALL.kinds, ALL.statuses, null, null);
  }

  /** Narrows the choice to records whose status is not terminal. */
  public RecordQuery unfinished() {
    EnumSet<RecordStatus> open = EnumSet.noneOf(RecordStatus.class);
    statuses.stream().filter(status -> !status.isTerminal()).forEach(open::add);
    return new RecordQuery(app, kinds, open, from, before);
  }

  /** Narrows the choice to records of operations of these kinds. */
  public RecordQuery ofKind(Collection<OperationKind> chosen) {
    Set<OperationKind> both = EnumSet.noneOf(OperationKind.class);
    both.addAll(chosen);
    both.retainAll(kinds);
    return new RecordQuery(app, both, statuses, from, before);
  }

  /** Narrows the choice to records of these statuses. */
  public RecordQuery withStatus(Collection<RecordStatus> chosen) {
    Set<RecordStatus> both = EnumSet.noneOf(RecordStatus.class);
    both.addAll(chosen);
    both.retainAll(statuses);
    return new RecordQuery(app, kinds, both, from, before);
  }

  /**
   * Narrows the choice to operations that started at {@code time} or later. A storage may take times
   * more than 292 years from 1970 for that far.
   */
  public RecordQuery startedFrom(Instant time) {
    requireNonNull(time, "time");
    Instant later = from != null && from.isAfter(time) ? from : time;
    return new RecordQuery(app, kinds, statuses, later, before);
  }

  /**
   * Narrows the choice to operations that started before {@code time}. A storage may take times more
   * than 292 years from 1970 for that far.
   */
  public RecordQuery startedBefore(Instant time) {
    requireNonNull(time, "time");
    Instant earlier = before != null && before.isBefore(time) ? before : time;
    return new RecordQuery(app, kinds, statuses, from, earlier);
  }

  /** Returns the app whose records are chosen; empty for every app. */
  public Optional<AppId> app() {
    return Optional.ofNullable(app);
  }

  /** Returns the kinds of operation that are chosen. */
  public Set<OperationKind> kinds() {
    return kinds;
  }

  /** Returns the statuses that are chosen. */
  public Set<RecordStatus> statuses() {
    return statuses;
  }

  /** Returns the earliest start that is chosen; empty for any. */
  public Optional<Instant> from() {
    return Optional.ofNullable(from);
  }

  /** Returns the first start that is too late to be chosen; empty for any. */
  public Optional<Instant> before() {
    return Optional.ofNullable(before);
  }
}
