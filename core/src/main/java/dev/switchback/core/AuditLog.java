// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.storage.StaleStateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Reads and writes what people decided about an app, each entry chained to the one before. */
final class AuditLog {

  /** Each failed attempt means that somebody else wrote an entry, so this is never reached. */
  private static final int ATTEMPTS = 1000;

  private AuditLog() {}

  /** What is to be written, but for its place in the chain. */
  record Word(AuditEntry.Act act, String subject, String actor, String note) {}

  /** Returns the entries of {@code app}, oldest first. */
  static List<AuditEntry> read(Site site, AppId app) {
    List<AuditEntry> entries =
        new ArrayList<>(Pages.all(page -> site.storage().audit().list(app, page)));
    Collections.reverse(entries);
    return entries;
  }

  /**
   * Appends what {@code decide} makes of the entries that are there. When another writer is faster,
   * it decides again; when an answer is lost, it looks whether the entry is there.
   *
   * @param decide gets the entries, oldest first; what it throws goes to the caller and nothing is
   *     written
   * @return the entry as it was written
   */
  static AuditEntry append(Site site, AppId app, Function<List<AuditEntry>, Word> decide) {
    List<AuditEntry> tried = new ArrayList<>();
    SwitchbackException failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<AuditEntry> present = read(site, app);
      for (AuditEntry entry : tried) {
        if (present.contains(entry)) {
          return entry;
        }
      }
      AuditEntry next = next(site, app, present, decide.apply(present));
      try {
        site.storage().audit().append(next);
        return next;
      } catch (StaleStateException | OutcomeUnknownException e) {
        tried.add(next);
        failure = e;
      }
    }
    throw failure == null ? new IllegalStateException("No attempt was made") : failure;
  }

  private static AuditEntry next(Site site, AppId app, List<AuditEntry> present, Word word) {
    AuditEntry last = present.isEmpty() ? null : present.get(present.size() - 1);
    return new AuditEntry(
        app,
        last == null ? 1 : last.sequence() + 1,
        word.act(),
        word.subject(),
        word.actor(),
        word.note(),
        site.clock().instant(),
        last == null ? null : JsonFormats.auditEntry().digest(last));
  }
}
