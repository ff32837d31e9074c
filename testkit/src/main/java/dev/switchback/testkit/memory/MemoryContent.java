// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.RecordId;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.Signal;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.FencedOffException;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.StoredOperation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the handles of a storage share. Every part locks this object for the whole of each call, so
 * that checks and writes are one step and a read sees all of a write or nothing.
 */
final class MemoryContent {

  /** The builds of one component belong together. */
  record ComponentOf(AppId app, ComponentKey component) {}

  final InstantSource clock;
  final NavigableMap<TemplateId, NavigableMap<Version, TemplateVersion>> templates = new TreeMap<>(
      Comparator.comparing(id -> id.value().getBytes(UTF_8), Arrays::compareUnsigned));
  final NavigableMap<AppId, NavigableMap<Long, AppState>> revisions = new TreeMap<>();
  final NavigableMap<Long, StoredOperation> records = new TreeMap<>();
  final Map<RecordId, Long> recordNumbers = new HashMap<>();
  final Map<RecordId, List<JournalEntry>> journals = new HashMap<>();
  final Map<ComponentOf, NavigableMap<Long, Build>> builds = new HashMap<>();
  final Map<RecordId, Signal> signals = new HashMap<>();
  final Map<AppId, NavigableMap<Long, AuditEntry>> audit = new HashMap<>();
  final Map<AppId, Lease> leases = new HashMap<>();
  final Map<AppId, Long> fences = new HashMap<>();

  MemoryContent(InstantSource clock) {
    this.clock = clock;
  }

  /** Copies the maps; what is in them is immutable. */
  synchronized MemoryContent copy(InstantSource clock) {
    MemoryContent copy = new MemoryContent(clock);
    templates.forEach((id, versions) -> copy.templates.put(id, new TreeMap<>(versions)));
    revisions.forEach((app, states) -> copy.revisions.put(app, new TreeMap<>(states)));
    copy.records.putAll(records);
    copy.recordNumbers.putAll(recordNumbers);
    copy.journals.putAll(journals);
    builds.forEach((of, history) -> copy.builds.put(of, new TreeMap<>(history)));
    copy.signals.putAll(signals);
    audit.forEach((app, entries) -> copy.audit.put(app, new TreeMap<>(entries)));
    copy.leases.putAll(leases);
    copy.fences.putAll(fences);
    return copy;
  }

  /** Refuses unless {@code lease} is the lease of {@code app}; whether it is expired is no matter. */
  void checkFence(Lease lease, AppId app) {
    if (!lease.app().equals(app)) {
      throw new IllegalArgumentException(
          "Invalid lease: it is for " + lease.app() + ", the change is to " + app);
    }
    if (!isCurrent(lease)) {
      throw new FencedOffException(lease);
    }
  }

  boolean isCurrent(Lease lease) {
    Lease current = leases.get(lease.app());
    return current != null && current.fence() == lease.fence();
  }

  /**
   * Takes a page out of a map that is in list order. The cursor is the key of the last item, so what
   * is added or removed elsewhere does not move it.
   */
  static <K, V, T> Page<T> page(
      NavigableMap<K, V> map,
      PageRequest request,
      Function<String, K> read,
      Function<K, String> write,
      Predicate<V> chosen,
      Function<V, T> item) {
    NavigableMap<K, V> rest =
        request.cursor().isEmpty() ? map : map.tailMap(readCursor(request, read), false);
    List<T> items = new ArrayList<>();
    String last = "";
    for (Map.Entry<K, V> entry : rest.entrySet()) {
      if (!chosen.test(entry.getValue())) {
        continue;
      }
      if (items.size() == request.limit()) {
        return new Page<>(items, last);
      }
      items.add(item.apply(entry.getValue()));
      last = write.apply(entry.getKey());
    }
    return new Page<>(items, "");
  }

  private static <K> K readCursor(PageRequest request, Function<String, K> read) {
    try {
      return read.apply(request.cursor());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Invalid cursor '" + request.cursor() + "': use the one that came with the page before",
          e);
    }
  }
}
