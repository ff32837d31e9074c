// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.stream.Collectors.joining;

import dev.switchback.diff.Matching.By;
import dev.switchback.diff.Matching.Pair;
import dev.switchback.diff.Matching.Suggestion;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds a {@link Matching}, one kind of identity after the other.
 *
 * <p>Each round sorts what is still open on both sides by an id and walks them together. A group of
 * one and one is a pair; any other group with both sides in it is an obstacle, and its components take
 * no part in later rounds, so that a weaker identity never overrules a stronger one that is merely
 * ambiguous.
 */
final class Matcher {

  /** The code of an obstacle that stands in the way of nothing else. */
  static final String UNKNOWN = "match-unknown";

  private static final String AMBIGUOUS = "match-ambiguous";
  private static final int KEY_LENGTH = 255;

  private final AppState installed;
  private final @Nullable VersionRef version;
  private final AppSpec target;
  private final List<Unmatched> openInstalled; // in key order, as the next one
  private final List<Unmatched> openTemplate;
  private final List<Pair> pairs = new ArrayList<>();
  private final Contradictions contradictions = new Contradictions();
  private final List<Obstacle> obstacles = new ArrayList<>();
  private final List<ComponentKey> contested = new ArrayList<>(); // of the template
  private final SortedSet<ComponentKey> added = new TreeSet<>(); // the same

  Matcher(AppState installed, @Nullable VersionRef version, AppSpec target) {
    this.installed = installed;
    this.version = version;
    this.target = target;
    this.openInstalled = open(installed.spec(), installed.origins());
    this.openTemplate = open(target, Collections.emptySortedMap());
  }

  private static List<Unmatched> open(AppSpec spec, SortedMap<ComponentKey, Origin> origins) {
    List<Unmatched> open = new ArrayList<>(spec.components().size());
    // Both are in key order, so one pass finds the origins.
    Iterator<Map.Entry<ComponentKey, Origin>> left = origins.entrySet().iterator();
    Map.Entry<ComponentKey, Origin> next = next(left);
    for (Component component : spec.components()) {
      while (next != null && next.getKey().compareTo(component.id()) < 0) {
        next = next(left);
      }
      open.add(new Unmatched(
          component,
          next != null && next.getKey().equals(component.id()) ? next.getValue() : null));
    }
    return open;
  }

  private static <T> @Nullable T next(Iterator<T> iterator) {
    return iterator.hasNext() ? iterator.next() : null;
  }

  Matching match(Map<ComponentKey, ComponentKey> map, Collection<ComponentKey> newOnes) {
    if (!map.isEmpty()) {
      takeMap(new TreeMap<>(map));
    }
    if (!newOnes.isEmpty()) {
      takeNew(new TreeSet<>(newOnes));
    }
    Function<Unmatched, String> key = open -> open.component().key();
    pairUnmoved();
    round(By.KEY, "key", open -> open.keyMadeUpIn(version), key);
    round(By.KEY, "key", Unmatched::originKey, Unmatched::realKey);
    round(By.KEY, "key", Unmatched::ownKey, Unmatched::realKey);
    refuseContradictions();
    round(By.SHARE_UUID, "share uuid", Unmatched::shareUuid, Unmatched::shareUuid);
    round(By.SOURCE, "source half of the share uuid", Unmatched::source, Unmatched::source);
    List<Suggestion> suggestions = suggestions();
    refuseMadeUp();
    added.addAll(keys(openTemplate));
    return new Matching(
        target,
        pairs,
        moved(),
        List.copyOf(added),
        keys(openInstalled),
        suggestions,
        List.copyOf(obstacles));
  }

  private void takeMap(SortedMap<ComponentKey, ComponentKey> map) {
    Set<ComponentKey> settledHere = new HashSet<>();
    Set<ComponentKey> settledThere = new HashSet<>();
    SortedMap<ComponentKey, List<ComponentKey>> claims = new TreeMap<>();
    map.forEach((here, there) -> {
      boolean known = true;
      if (installed.spec().component(here).isEmpty()) {
        obstacles.add(unknown("installed component " + here, here + " = " + there));
        known = false;
      }
      if (target.component(there).isEmpty()) {
        obstacles.add(unknown("component " + there + " of the template", here + " = " + there));
        known = false;
      }
      if (known) {
        claims.computeIfAbsent(there, key -> new ArrayList<>()).add(here);
      }
    });
    claims.forEach((there, claimants) -> {
      if (claimants.size() == 1) {
        ComponentKey here = claimants.get(0);
        pairs.add(new Pair(here, there, By.MAP));
      } else {
        obstacles.add(new Obstacle(
            "match-twice",
            "map of components",
            "Cannot match component " + there + " of the template: it stands for "
                + names(claimants, installed.spec()) + " and can stand for one",
            "leave one of them in the map"));
        contested.add(there);
      }
      settledHere.addAll(claimants);
      settledThere.add(there);
    });
    openInstalled.removeIf(open -> settledHere.contains(open.key()));
    openTemplate.removeIf(open -> settledThere.contains(open.key()));
  }

  private void takeNew(SortedSet<ComponentKey> keys) {
    for (ComponentKey key : keys) {
      if (target.component(key).isEmpty()) {
        obstacles.add(unknown("component " + key + " of the template", key + " is new"));
      } else {
        added.add(key);
      }
    }
    openTemplate.removeIf(open -> added.contains(open.key()));
  }

  private static Obstacle unknown(String what, String entry) {
    return new Obstacle(
        UNKNOWN,
        "map of components",
        "Cannot match by the entry " + entry + ": " + what + " does not exist",
        "correct the entry or leave it out");
  }

  /**
   * Asks about components that may be the same and cannot be known to be, since one of them has no id:
   * those of one name, and those that have not even a name.
   */
  private void refuseMadeUp() {
    forEachCommon(
        byId(openInstalled, Unmatched::guess),
        byId(openTemplate, Unmatched::guess),
        this::refuseMadeUp);
    dropSettled();
  }

  private void refuseMadeUp(String guess, List<Unmatched> here, List<Unmatched> there) {
    if (here.stream().noneMatch(open -> open.templateKey().isMadeUp())
        && there.stream().noneMatch(open -> open.key().isMadeUp())) {
      return;
    }
    obstacles.add(new Obstacle(
        "match-without-id",
        "components",
        "Cannot match installed " + names(keys(here), installed.spec()) + " with "
            + names(keys(there), target)
            + " of the template: they may be the same, but not both have an id",
        "say in the map of components which is which, such as " + here.get(0).key() + " = "
            + there.get(0).key() + ", or that one is new, or publish a version whose components"
            + " have ids"));
    contested.addAll(keys(there));
    settle(here);
    settle(there);
  }

  /**
   * Pairs those that have the key of their template, which are nearly all: the round by that key
   * would, but has to sort. Leaves a key to that round that a component under another key came from.
   */
  private void pairUnmoved() {
    Set<String> moved = new HashSet<>();
    List<Unmatched> unmoved = new ArrayList<>(openInstalled.size());
    for (Unmatched here : openInstalled) {
      if (here.isUnmoved()) {
        unmoved.add(here);
      } else {
        moved.add(here.originKey());
      }
    }
    int next = 0; // both are in key order
    for (Unmatched here : unmoved) {
      while (next < openTemplate.size() && openTemplate.get(next).isBefore(here)) {
        next++;
      }
      Unmatched there = next < openTemplate.size() ? openTemplate.get(next) : null;
      if (there != null && !here.isBefore(there) && !moved.contains(here.key().value())) {
        pair(here, there, By.KEY);
        here.settle();
        there.settle();
      }
    }
    dropSettled();
  }

  private void round(
      By by,
      String what,
      Function<Unmatched, String> installedId,
      Function<Unmatched, String> templateId) {
    List<Unmatched> installedById = byId(openInstalled, installedId);
    if (installedById.isEmpty()) {
      return; // nothing to sort the template for
    }
    forEachCommon(installedById, byId(openTemplate, templateId), (id, here, there) -> {
      if (here.size() == 1 && there.size() == 1) {
        pair(here.get(0), there.get(0), by);
      } else {
        obstacles.add(ambiguous(what, id, keys(here), keys(there)));
        contested.addAll(keys(there));
      }
      settle(here);
      settle(there);
    });
    dropSettled();
  }

  private void pair(Unmatched here, Unmatched there, By by) {
    pairs.add(new Pair(here.key(), there.key(), by));
    if (by == By.KEY) {
      contradictions.note(here, there);
    }
  }

  /** Takes pairs by key apart that the share uuids make two other pairs of. */
  private void refuseContradictions() {
    Set<ComponentKey> apart = new HashSet<>();
    for (Contradictions.Contradiction found : contradictions.find(openInstalled, openTemplate)) {
      apart.add(found.template().key());
      obstacles.add(found.obstacle(AMBIGUOUS));
    }
    pairs.removeIf(pair -> pair.by() == By.KEY && apart.contains(pair.template()));
    contested.addAll(apart);
  }

  private void dropSettled() {
    openInstalled.removeIf(Unmatched::isSettled);
    openTemplate.removeIf(Unmatched::isSettled);
  }

  private static void settle(List<Unmatched> group) {
    for (int i = 0; i < group.size(); i++) {
      group.get(i).settle();
    }
  }

  /** Sorts by id, and by key where the id is the same; leaves those without an id out. */
  private static List<Unmatched> byId(List<Unmatched> open, Function<Unmatched, String> id) {
    List<Unmatched> sorted = new ArrayList<>(open.size());
    for (Unmatched each : open) {
      each.goBy(id.apply(each));
      if (!each.id().isBlank()) {
        sorted.add(each);
      }
    }
    sorted.sort((left, right) -> left.id().compareTo(right.id()));
    return sorted;
  }

  /** Shows the groups with the same id on both sides, in the order of the ids. */
  private static void forEachCommon(List<Unmatched> here, List<Unmatched> there, Group visitor) {
    int i = 0;
    int j = 0;
    while (i < here.size() && j < there.size()) {
      String id = here.get(i).id();
      int order = id.compareTo(there.get(j).id());
      int left = order <= 0 ? endOfGroup(here, i) : i;
      int right = order >= 0 ? endOfGroup(there, j) : j;
      if (order == 0) {
        visitor.visit(id, group(here, i, left), group(there, j, right));
      }
      i = left;
      j = right;
    }
  }

  private static int endOfGroup(List<Unmatched> open, int start) {
    int end = start + 1;
    while (end < open.size() && open.get(end).id().equals(open.get(start).id())) {
      end++;
    }
    return end;
  }

  /** Most groups are of one. */
  private static List<Unmatched> group(List<Unmatched> open, int start, int end) {
    return end - start == 1 ? List.of(open.get(start)) : open.subList(start, end);
  }

  private interface Group {
    void visit(String id, List<Unmatched> installed, List<Unmatched> template);
  }

  private static List<ComponentKey> keys(List<Unmatched> open) {
    return open.stream().map(Unmatched::key).toList();
  }

  private Obstacle ambiguous(
      String what, String id, List<ComponentKey> left, List<ComponentKey> right) {
    return new Obstacle(
        AMBIGUOUS,
        "components",
        "Cannot match by the " + what + " '" + id + "': installed "
            + names(left, installed.spec()) + " and, in the template, " + names(right, target)
            + " have it",
        "say in the map of components which is which, or that one is new");
  }

  private static String names(List<ComponentKey> keys, AppSpec spec) {
    return keys.stream()
        .map(key -> spec.component(key).map(Component::toString).orElse(key.value()))
        .collect(joining(", "));
  }

  private List<Suggestion> suggestions() {
    List<Suggestion> result = new ArrayList<>();
    forEachCommon(
        byId(openInstalled, open -> open.component().name()),
        byId(openTemplate, open -> open.component().name()),
        (name, here, there) -> result.add(new Suggestion(name, keys(here), keys(there))));
    return List.copyOf(result);
  }

  /**
   * Gives each component of the template the key it has in the app, or a free one; returns those that
   * are not what they were.
   */
  private Map<ComponentKey, ComponentKey> moved() {
    Map<ComponentKey, ComponentKey> moved = new HashMap<>();
    for (Pair pair : pairs) {
      if (!pair.template().equals(pair.installed())) {
        moved.put(pair.template(), pair.installed());
      }
    }
    SortedSet<ComponentKey> unpaired = new TreeSet<>(contested);
    unpaired.addAll(added);
    List<ComponentKey> homeless = new ArrayList<>();
    for (ComponentKey key : unpaired) {
      if (installed.spec().component(key).isPresent()) {
        homeless.add(key);
      }
    }
    if (!homeless.isEmpty()) {
      Set<ComponentKey> taken = new HashSet<>(unpaired);
      installed.spec().components().forEach(component -> taken.add(component.id()));
      homeless.forEach(key -> moved.put(key, free(key, taken)));
    }
    return moved;
  }

  private static ComponentKey free(ComponentKey key, Set<ComponentKey> taken) {
    for (int number = 2; ; number++) {
      String suffix = "-" + number;
      String stem = key.value();
      ComponentKey candidate = new ComponentKey(
          stem.substring(0, Math.min(stem.length(), KEY_LENGTH - suffix.length())) + suffix);
      if (taken.add(candidate)) {
        return candidate;
      }
    }
  }
}
