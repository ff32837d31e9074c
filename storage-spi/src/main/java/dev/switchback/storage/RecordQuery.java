// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.AppId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses records. Immutable; starts with all of them and is narrowed. */
public final class RecordQuery {

  private static final RecordQuery ALL = new RecordQuery(null, false);

  private final @Nullable AppId app;
  private final boolean unfinishedOnly;

  private RecordQuery(@Nullable AppId app, boolean unfinishedOnly) {
    this.app = app;
    this.unfinishedOnly = unfinishedOnly;
  }

  /** Chooses every record. */
  public static RecordQuery all() {
    return ALL;
  }

  /** Chooses the records of {@code app}. */
  public static RecordQuery ofApp(AppId app) {
    return new RecordQuery(app, false);
  }

  /** Narrows the choice to records whose status is not terminal. */
  public RecordQuery unfinished() {
    return new RecordQuery(app, true);
  }

  /** Returns the app whose records are chosen; empty for every app. */
  public Optional<AppId> app() {
    return Optional.ofNullable(app);
  }

  /** Tells whether only records without a terminal status are chosen. */
  public boolean unfinishedOnly() {
    return unfinishedOnly;
  }
}
