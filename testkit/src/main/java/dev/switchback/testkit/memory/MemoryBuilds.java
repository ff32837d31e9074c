// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.Build;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.testkit.memory.MemoryContent.ComponentOf;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Builds by component, then by sequence number. */
record MemoryBuilds(MemoryContent content, Handle handle) implements BuildStore {

  @Override
  public Optional<Build> find(AppId app, ComponentKey component, String version) {
    synchronized (content) {
      handle.checkOpen();
      return historyOf(app, component).values().stream()
          .filter(build -> build.version().equals(version))
          .findFirst();
    }
  }

  @Override
  public Page<Build> list(AppId app, ComponentKey component, PageRequest page) {
    synchronized (content) {
      handle.checkOpen();
      return MemoryContent.page(
          historyOf(app, component).descendingMap(),
          page,
          Long::valueOf,
          String::valueOf,
          build -> true,
          build -> build);
    }
  }

  private NavigableMap<Long, Build> historyOf(AppId app, ComponentKey component) {
    return content.builds.getOrDefault(new ComponentOf(app, component), new TreeMap<>());
  }
}
