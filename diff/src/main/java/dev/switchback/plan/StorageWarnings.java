// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.Volume;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Warns of what becomes of a component's data, and of two things in one place. */
final class StorageWarnings {

  private final Draft draft;

  StorageWarnings(Draft draft) {
    this.draft = draft;
  }

  /**
   * Warns about one component.
   *
   * @param was the component before; null if it is new
   */
  void warn(@Nullable Component was, Component is) {
    if (hasSharedPath(is)) {
      warnOfSharedPaths(is);
    }
    if (was != null) {
      warnOfVolumes(was, is);
    }
  }

  private static boolean hasSharedPath(Component component) {
    Set<String> paths = new HashSet<>();
    boolean shared = false;
    for (Volume volume : component.volumes()) {
      shared |= !paths.add(plain(volume.path()));
    }
    for (ConfigFile file : component.configFiles()) {
      shared |= !paths.add(plain(file.path()));
    }
    for (Mount mount : component.mounts()) {
      shared |= !paths.add(plain(mount.path()));
    }
    return shared;
  }

  /** Whatever runs the component takes one thing at a path, and refuses a second one or hides one. */
  private void warnOfSharedPaths(Component component) {
    TreeMap<String, List<String>> byPath = new TreeMap<>();
    component.volumes().forEach(volume -> add(byPath, volume.path(), "a volume"));
    component.configFiles().forEach(file -> add(byPath, file.path(), "a config file"));
    component
        .mounts()
        .forEach(mount -> add(
            byPath,
            mount.path(),
            mount.volumeName() + " of " + draft.names().of(mount.provider())));
    byPath.forEach((path, things) -> {
      if (things.size() > 1) {
        draft.warning(
            "path-shared",
            component.key(),
            "It has several things at " + path + ": " + String.join(", ", things)
                + "; only one can be there, so move or remove the others");
      }
    });
  }

  private static void add(Map<String, List<String>> byPath, String path, String thing) {
    if (!path.isEmpty()) {
      byPath.computeIfAbsent(plain(path), unused -> new ArrayList<>(1)).add(thing);
    }
  }

  private static String plain(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** A volume is known by its path, but its name tells that the vendor means the same data. */
  private void warnOfVolumes(Component was, Component is) {
    if (was.volumes().equals(is.volumes())) {
      return;
    }
    TreeMap<String, String> pathByName = new TreeMap<>();
    was.volumes().forEach(volume -> pathByName.putIfAbsent(volume.name(), volume.path()));
    Set<String> moved = new TreeSet<>();
    for (Volume volume : is.volumes()) {
      String earlier = volume.name().isEmpty() || was.volumes().contains(volume.key())
          ? null
          : pathByName.get(volume.name());
      if (earlier != null) {
        moved.add(earlier);
        draft.warning(
            "volume-moved",
            is.key(),
            "Volume " + volume.path() + " is called " + volume.name() + " like the one at "
                + earlier
                + (is.volumes().contains(earlier)
                    ? ", which stays: they share no data"
                    : ", which is mounted no longer: its data does not move along")
                + ", so move it by hand if it is needed");
      }
    }
    for (Volume volume : was.volumes()) {
      if (!is.volumes().contains(volume.key()) && !moved.contains(volume.key())) {
        draft.warning(
            "volumes-stay",
            is.key(),
            "Volume " + volume.path()
                + " is mounted no longer, its data stays; delete it by hand once"
                + " it is no longer needed");
      }
    }
  }
}
