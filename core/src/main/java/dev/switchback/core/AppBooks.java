// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.ComponentResult;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import dev.switchback.storage.StoredOperation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that is written about one app.
 *
 * @param app the app
 * @param revisions the states that are kept, the present one first
 * @param records the records, latest first
 * @param wanted the states that operations under way, or paused, are to bring about
 * @param builds the builds of every component that the app has or had, latest first
 * @param journals the ended operations of which the journal is there
 * @param untouchable why nothing of it can go now; empty if it can
 */
record AppBooks(
    AppId app,
    List<AppState> revisions,
    List<OperationRecord> records,
    List<StoredOperation> wanted,
    SortedMap<ComponentKey, List<Build>> builds,
    Set<RecordId> journals,
    String untouchable) {

  static AppBooks read(Site site, AppId app) {
    Storage storage = site.storage();
    List<OperationRecord> records =
        Pages.all(page -> storage.records().list(RecordQuery.ofApp(app), page));
    List<StoredOperation> wanted = records.stream()
        .filter(record -> !record.status().isTerminal())
        .flatMap(record -> storage.records().find(record.id()).stream())
        .toList();
    List<AppState> revisions = Pages.all(page -> storage.apps().revisions(app, page));
    SortedMap<ComponentKey, List<Build>> builds = new TreeMap<>();
    for (ComponentKey component : components(revisions, records, wanted)) {
      List<Build> history = BuildHistory.all(storage.builds(), app, component);
      if (!history.isEmpty()) {
        builds.put(component, history);
      }
    }
    Set<RecordId> journals = records.stream()
        .filter(record -> record.status().isTerminal())
        .map(OperationRecord::id)
        .filter(id -> !storage.journals().read(id).isEmpty())
        .collect(Collectors.toSet());
    boolean held = Holds.of(site, app).stream().anyMatch(hold -> hold.version().isEmpty());
    return new AppBooks(
        app, revisions, records, wanted, builds, journals, held ? "the app is held" : "");
  }

  /** Returns the same books, of which nothing can go. */
  AppBooks untouchable(String reason) {
    return new AppBooks(app, revisions, records, wanted, builds, journals, reason);
  }

  /** Records name components of which no revision is left. */
  private static Set<ComponentKey> components(
      List<AppState> revisions, List<OperationRecord> records, List<StoredOperation> wanted) {
    Set<ComponentKey> components = new TreeSet<>();
    revisions.forEach(
        state -> state.spec().components().forEach(component -> components.add(component.id())));
    wanted.forEach(operation -> operation
        .wanted()
        .spec()
        .components()
        .forEach(component -> components.add(component.id())));
    records.forEach(record -> record.results().stream()
        .map(ComponentResult::component)
        .filter(Objects::nonNull)
        .forEach(components::add));
    return components;
  }
}
