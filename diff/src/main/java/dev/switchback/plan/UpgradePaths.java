// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the versions of one template demand of upgrades between them: ranges they may be reached
 * from, stops that may not be jumped, ways back that are closed.
 */
final class UpgradePaths {

  private static final int NAMED = 20;

  private final TreeSet<VersionRef> stops = new TreeSet<>();
  private final TreeSet<VersionRef> downgradable = new TreeSet<>();
  private final Map<String, Optional<VersionRange>> ranges = new HashMap<>();

  /** Makes the paths between {@code versions}, given in any order. */
  UpgradePaths(List<KnownVersion> versions) {
    versions.stream()
        .filter(known -> known.rules().requiredStop())
        .forEach(known -> stops.add(known.ref()));
    versions.stream()
        .filter(known -> known.rules().downgradeAllowed())
        .forEach(known -> downgradable.add(known.ref()));
  }

  /** Returns every reason why there is no upgrade from one version to another in one go. */
  List<Obstacle> obstacles(VersionRef from, KnownVersion to) {
    return obstacles(from, to, null);
  }

  /**
   * Returns the same reasons, and where there is another way where it begins.
   *
   * @param first the version to go to first; null if there is no such way
   */
  List<Obstacle> obstacles(VersionRef from, KnownVersion to, @Nullable VersionRef first) {
    Version current = from.version();
    Version wanted = to.ref().version();
    if (!from.template().equals(to.ref().template())) {
      return List.of(Obstacle.of(
          "other-template",
          "Cannot upgrade from " + from + " to " + to.ref() + ": it is another template",
          "install it as an app of its own"));
    }
    List<Obstacle> obstacles = new ArrayList<>();
    if (wanted.compareTo(current) < 0 && !downgradable.contains(from)) {
      obstacles.add(Obstacle.of(
          "downgrade",
          "Cannot upgrade from " + current + " to the earlier " + wanted + ": " + current
              + " does not allow it",
          "roll back to a revision that had " + wanted));
    }
    if (wanted.compareTo(current) == 0) {
      return obstacles;
    }
    if (!isAllowedFrom(current, to)) {
      obstacles.add(notAllowed(current, to, first));
    }
    for (VersionRef stop : stopsBetween(from, to.ref())) {
      obstacles.add(Obstacle.of(
          "required-stop",
          "Cannot upgrade from " + current + " to " + wanted + " in one go: " + stop.version()
              + " must not be jumped",
          first == null || first.equals(stop)
              ? "upgrade to " + stop.version() + " first"
              : "upgrade to " + first.version() + " first, then to " + stop.version()));
    }
    return obstacles;
  }

  /**
   * Returns why components that are ahead of the app cannot go back: they are at a later version than
   * the one wanted, since only some were upgraded.
   *
   * @param concerned tells which components would go to the version
   */
  List<Obstacle> obstaclesOfComponents(
      AppState state, KnownVersion to, Predicate<ComponentKey> concerned) {
    Map<VersionRef, List<ComponentKey>> ahead = new TreeMap<>();
    state.origins().forEach((key, origin) -> {
      VersionRef at = origin.version();
      if (at.template().equals(to.ref().template())
          && !at.equals(state.version())
          && at.version().compareTo(to.ref().version()) > 0
          && !downgradable.contains(at)
          && isBased(state, key)
          && concerned.test(key)) {
        ahead.computeIfAbsent(at, unused -> new ArrayList<>()).add(key);
      }
    });
    List<Obstacle> obstacles = new ArrayList<>();
    ahead.forEach((at, keys) -> {
      String names = named(keys);
      obstacles.add(new Obstacle(
          "downgrade",
          names,
          "Cannot upgrade component " + names + " from " + at.version() + " to the earlier "
              + to.ref().version() + ": " + at.version() + " does not allow it",
          "upgrade to " + at.version() + " or later, or only the other components"));
    });
    return obstacles;
  }

  /**
   * Tells whether a component is what it is by an upgrade to where the app is or goes: one that a
   * rollback left behind is not, though its origin is a later version.
   */
  static boolean isBased(AppState state, ComponentKey key) {
    return state.base().component(key).isPresent();
  }

  private static String named(List<ComponentKey> keys) {
    String names =
        keys.stream().limit(NAMED).map(ComponentKey::value).collect(Collectors.joining(", "));
    return keys.size() > NAMED ? names + " and " + (keys.size() - NAMED) + " more" : names;
  }

  private boolean isAllowedFrom(Version current, KnownVersion to) {
    List<String> allowed = to.rules().allowedFrom();
    return allowed.isEmpty()
        || allowed.stream()
            .anyMatch(
                text -> range(text).filter(range -> range.matches(current)).isPresent());
  }

  private Optional<VersionRange> range(String text) {
    return ranges.computeIfAbsent(text, VersionRange::find);
  }

  private Obstacle notAllowed(Version current, KnownVersion to, @Nullable VersionRef first) {
    List<String> allowed = to.rules().allowedFrom();
    List<String> invalid =
        allowed.stream().filter(text -> range(text).isEmpty()).toList();
    Version version = to.ref().version();
    return Obstacle.of(
        "not-allowed-from",
        "Cannot upgrade from " + current + " to " + version + ": " + version + " allows only "
            + String.join(" or ", allowed)
            + (invalid.isEmpty()
                ? ""
                : ", of which " + String.join(" and ", invalid) + " is not a version range"),
        "upgrade to " + (first == null ? "a version in that range" : first.version()) + " first");
  }

  /** Returns the stops on the way between two versions of one template, in ascending order. */
  private SortedSet<VersionRef> stopsBetween(VersionRef from, VersionRef to) {
    boolean up = from.compareTo(to) < 0;
    return stops.subSet(up ? from : to, false, up ? to : from, false);
  }

  /** Tells quickly whether there are {@link #obstacles} between two versions of one template. */
  private boolean isOpen(VersionRef from, KnownVersion to) {
    boolean allowed = from.compareTo(to.ref()) < 0 || downgradable.contains(from);
    return allowed
        && isAllowedFrom(from.version(), to)
        && stopsBetween(from, to.ref()).isEmpty();
  }

  /**
   * Finds the shortest ways from one version to all others, up or down, by breadth-first search; of
   * equally short ones the one over later versions. Takes time quadratic in the number of versions.
   *
   * @param offered the versions that may be gone to, in any order
   * @return for each version that can be reached the versions to upgrade to, itself last
   */
  Map<VersionRef, List<VersionRef>> hops(VersionRef from, List<KnownVersion> offered) {
    TreeMap<VersionRef, VersionRef> cameFrom = new TreeMap<>();
    search(from, offered, 1, cameFrom);
    search(from, offered, -1, cameFrom);
    Map<VersionRef, List<VersionRef>> hops = new TreeMap<>();
    for (VersionRef to : cameFrom.keySet()) {
      List<VersionRef> way = new ArrayList<>();
      for (@Nullable VersionRef at = to; at != null && !at.equals(from); at = cameFrom.get(at)) {
        way.add(at);
      }
      Collections.reverse(way);
      hops.put(to, way);
    }
    return hops;
  }

  /** Searches up, if {@code up} is 1, or down, if it is -1. */
  private void search(
      VersionRef from, List<KnownVersion> offered, int up, Map<VersionRef, VersionRef> cameFrom) {
    List<KnownVersion> left = new ArrayList<>(offered.stream()
        .filter(known -> known.ref().version().compareTo(from.version()) * up > 0)
        .sorted(Comparator.comparing(KnownVersion::ref).reversed())
        .toList());
    Deque<VersionRef> queue = new ArrayDeque<>(List.of(from));
    while (!queue.isEmpty() && !left.isEmpty()) {
      VersionRef at = queue.remove();
      left.removeIf(next -> {
        boolean reached = next.ref().version().compareTo(at.version()) * up > 0 && isOpen(at, next);
        if (reached) {
          cameFrom.put(next.ref(), at);
          queue.add(next.ref());
        }
        return reached;
      });
    }
  }
}
