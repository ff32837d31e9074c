// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.Lease;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StaleStateException;
import dev.switchback.testkit.memory.MemoryContent.ComponentOf;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Builds by component, then by sequence number. */
record MemoryBuilds(MemoryContent content, Handle handle) implements BuildStore {

  @Override
  public void append(Lease lease, Build build) {
    synchronized (content) {
      handle.checkOpen();
      content.checkFence(lease, build.app());
      NavigableMap<Long, Build> history = historyOf(build.app(), build.component());
      long last = history.isEmpty() ? 0 : history.lastKey();
      boolean known =
          history.values().stream().anyMatch(present -> present.version().equals(build.version()));
      if (known || build.sequence() <= last) {
        throw new StaleStateException(
            "Cannot append build " + build.version() + " as number " + build.sequence() + " of "
                + build.component() + " in " + build.app() + ": "
                + (known ? "there is one of that version" : "the last one has number " + last));
      }
      NavigableMap<Long, Build> longer = new TreeMap<>(history);
      longer.put(build.sequence(), build);
      content.builds.put(new ComponentOf(build.app(), build.component()), longer);
    }
  }

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
