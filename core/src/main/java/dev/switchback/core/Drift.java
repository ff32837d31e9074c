// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.util.Objects.requireNonNull;

import dev.switchback.diff.Change;
import dev.switchback.diff.Diff;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The difference between what is recorded of an app and what really runs. Values are masked where they
 * are secret: a secret that differs shows as edited.
 *
 * @param app the app
 * @param generation the generation that is recorded
 * @param diff leads from what is recorded to what runs: a component removed is recorded and does not
 *     run, one added runs and is not recorded
 */
public record Drift(AppId app, long generation, Diff diff) {

  /** Checks that nothing is missing. */
  public Drift {
    requireNonNull(app, "app");
    requireNonNull(diff, "diff");
  }

  /** Tells whether the app runs as it is recorded. */
  public boolean isEmpty() {
    return diff.isEmpty();
  }

  /** Returns what differs by component, in key order. */
  public SortedMap<ComponentKey, List<Change>> byComponent() {
    SortedMap<ComponentKey, List<Change>> changes = new TreeMap<>();
    for (Change change : diff.changes()) {
      change
          .component()
          .ifPresent(
              key -> changes.computeIfAbsent(key, unused -> new ArrayList<>()).add(change));
    }
    changes.replaceAll((key, some) -> List.copyOf(some));
    return Collections.unmodifiableSortedMap(changes);
  }
}
