// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.AppId;
import dev.switchback.model.app.AppState;
import dev.switchback.storage.AppStore;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Every state of every app; the one of the greatest generation is the app's. */
record MemoryApps(MemoryContent content, Handle handle) implements AppStore {

  @Override
  public Optional<AppState> find(AppId app) {
    synchronized (content) {
      handle.checkOpen();
      NavigableMap<Long, AppState> revisions = content.revisions.get(app);
      return revisions == null
          ? Optional.empty()
          : Optional.of(revisions.lastEntry().getValue());
    }
  }

  @Override
  public Optional<AppState> findRevision(AppId app, long generation) {
    synchronized (content) {
      handle.checkOpen();
      NavigableMap<Long, AppState> revisions = content.revisions.get(app);
      return revisions == null ? Optional.empty() : Optional.ofNullable(revisions.get(generation));
    }
  }

  @Override
  public Page<AppState> revisions(AppId app, PageRequest page) {
    synchronized (content) {
      handle.checkOpen();
      NavigableMap<Long, AppState> revisions = content.revisions.getOrDefault(app, new TreeMap<>());
      return MemoryContent.page(
          revisions.descendingMap(),
          page,
          Long::valueOf,
          String::valueOf,
          revision -> true,
          revision -> revision);
    }
  }

  @Override
  public Page<AppState> list(PageRequest page) {
    synchronized (content) {
      handle.checkOpen();
      return MemoryContent.page(
          content.revisions,
          page,
          AppId::new,
          AppId::value,
          revisions -> true,
          revisions -> revisions.lastEntry().getValue());
    }
  }
}
