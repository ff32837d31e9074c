// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.Obstacle;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the versions of one template demand of upgrades between them: ranges they may be reached
 * from, stops that may not be jumped, ways back that are closed.
 */
final class UpgradePaths {

  private final List<KnownVersion> stops;
  private final TreeSet<VersionRef> downgradable = new TreeSet<>();
  private final Map<String, Optional<VersionRange>> ranges = new HashMap<>();

  /** Makes the paths between {@code versions}, given in any order. */
  UpgradePaths(List<KnownVersion> versions) {
    this.stops = versions.stream()
        .filter(known -> known.rules().requiredStop())
        .sorted(Comparator.comparing(KnownVersion::ref))
        .toList();
    versions.stream()
        .filter(known -> known.rules().downgradeAllowed())
        .forEach(known -> downgradable.add(known.ref()));
  }

  /** Returns every reason why there is no upgrade from one version to another in one go. */
  List<Obstacle> obstacles(VersionRef from, KnownVersion to) {
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
    if (wanted.compareTo(current) <= 0) {
      return obstacles;
    }
    if (!isAllowedFrom(current, to)) {
      obstacles.add(notAllowed(current, to));
    }
    for (KnownVersion stop : stopsBetween(from, wanted)) {
      obstacles.add(Obstacle.of(
          "required-stop",
          "Cannot upgrade from " + current + " to " + wanted + " in one go: "
              + stop.ref().version() + " must not be jumped",
          "upgrade to " + stop.ref().version() + " first"));
    }
    return obstacles;
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

  private Obstacle notAllowed(Version current, KnownVersion to) {
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
        "upgrade to a version in that range first");
  }

  private List<KnownVersion> stopsBetween(VersionRef from, Version wanted) {
    return stops.stream()
        .filter(known -> known.ref().template().equals(from.template()))
        .filter(known -> known.ref().version().compareTo(from.version()) > 0)
        .filter(known -> known.ref().version().compareTo(wanted) < 0)
        .toList();
  }

  /**
   * Finds the shortest ways up from one version to all others, by breadth-first search; of equally
   * short ones the one over later versions. Takes time quadratic in the number of versions.
   *
   * @param offered the versions that may be gone to, in any order
   * @return for each version that can be reached the versions to upgrade to, itself last
   */
  Map<VersionRef, List<VersionRef>> hops(VersionRef from, List<KnownVersion> offered) {
    List<KnownVersion> left = new ArrayList<>(offered.stream()
        .filter(known -> known.ref().version().compareTo(from.version()) > 0)
        .sorted(Comparator.comparing(KnownVersion::ref).reversed())
        .toList());
    TreeMap<VersionRef, VersionRef> cameFrom = new TreeMap<>();
    Deque<VersionRef> queue = new ArrayDeque<>(List.of(from));
    while (!queue.isEmpty() && !left.isEmpty()) {
      VersionRef at = queue.remove();
      left.removeIf(next -> {
        boolean reached = next.ref().version().compareTo(at.version()) > 0
            && obstacles(at, next).isEmpty();
        if (reached) {
          cameFrom.put(next.ref(), at);
          queue.add(next.ref());
        }
        return reached;
      });
    }
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
}
