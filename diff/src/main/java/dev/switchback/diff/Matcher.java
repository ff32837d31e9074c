// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.stream.Collectors.joining;

import dev.switchback.diff.Matching.By;
import dev.switchback.diff.Matching.Pair;
import dev.switchback.diff.Matching.Suggestion;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds a {@link Matching}, one kind of identity after the other.
 *
 * <p>Each round groups what is still open on both sides by an id. A group of one and one is a pair; any
 * other group with both sides in it is an obstacle, and its components take no part in later rounds, so
 * that a weaker identity never overrules a stronger one that is merely ambiguous.
 */
final class Matcher {

  private static final int KEY_LENGTH = 255;

  private final AppState installed;
  private final AppSpec target;
  // Filled in key order, so that is the order they keep.
  private final Map<ComponentKey, Component> openInstalled = new LinkedHashMap<>();
  private final Map<ComponentKey, Component> openTemplate = new LinkedHashMap<>();
  private final SortedMap<ComponentKey, Pair> pairs = new TreeMap<>();
  private final List<Obstacle> obstacles = new ArrayList<>();

  Matcher(AppState installed, AppSpec target) {
    this.installed = installed;
    this.target = target;
    installed.spec().components().forEach(item -> openInstalled.put(item.id(), item));
    target.components().forEach(item -> openTemplate.put(item.id(), item));
  }

  Matching match(Map<ComponentKey, ComponentKey> map) {
    takeMap(new TreeMap<>(map));
    round(By.KEY, "key", this::originKey, Component::key);
    round(By.KEY, "key", this::ownKey, Component::key);
    round(By.SHARE_UUID, "share uuid", Component::shareUuid, Component::shareUuid);
    round(By.SOURCE, "source half of the share uuid", Matcher::source, Matcher::source);
    return new Matching(
        Collections.unmodifiableSortedMap(pairs),
        installedKeys(),
        List.copyOf(openTemplate.keySet()),
        List.copyOf(openInstalled.keySet()),
        suggestions(),
        List.copyOf(obstacles));
  }

  private void takeMap(SortedMap<ComponentKey, ComponentKey> map) {
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
        pair(claimants.get(0), there, By.MAP);
      } else {
        obstacles.add(new Obstacle(
            "match-twice",
            "map of components",
            "Cannot match component " + there + " of the template: it stands for "
                + names(claimants, installed.spec()) + " and can stand for one",
            "leave one of them in the map"));
        block(claimants, List.of(there));
      }
    });
  }

  private static Obstacle unknown(String what, String entry) {
    return new Obstacle(
        "match-unknown",
        "map of components",
        "Cannot match by the entry " + entry + ": " + what + " does not exist",
        "correct the entry or leave it out");
  }

  private String originKey(Component component) {
    Origin origin = installed.origins().get(component.id());
    return origin == null ? "" : origin.templateKey().value();
  }

  private String ownKey(Component component) {
    return installed.origins().containsKey(component.id()) ? "" : component.key();
  }

  /** Returns Y of a share uuid "X+Y"; empty if it has another form or a half is missing. */
  private static String source(Component component) {
    String uuid = component.shareUuid();
    int plus = uuid.indexOf('+');
    boolean halves = plus > 0 && plus == uuid.lastIndexOf('+') && plus < uuid.length() - 1;
    return halves ? uuid.substring(plus + 1) : "";
  }

  private void round(
      By by,
      String what,
      Function<Component, String> installedId,
      Function<Component, String> templateId) {
    Map<String, List<ComponentKey>> here = group(openInstalled.values(), installedId);
    Map<String, List<ComponentKey>> there = group(openTemplate.values(), templateId);
    SortedMap<String, Obstacle> found = new TreeMap<>();
    here.forEach((id, left) -> {
      List<ComponentKey> right = there.get(id);
      if (right == null) {
        return;
      }
      if (left.size() == 1 && right.size() == 1) {
        pair(left.get(0), right.get(0), by);
      } else {
        found.put(id, ambiguous(what, id, left, right));
        block(left, right);
      }
    });
    obstacles.addAll(found.values());
  }

  /** Groups by id, in the order of the components; an absent id groups nothing. */
  private static Map<String, List<ComponentKey>> group(
      Collection<Component> components, Function<Component, String> id) {
    Map<String, List<ComponentKey>> groups = new LinkedHashMap<>();
    for (Component component : components) {
      String value = id.apply(component);
      if (!value.isBlank()) {
        groups.computeIfAbsent(value, key -> new ArrayList<>(1)).add(component.id());
      }
    }
    return groups;
  }

  private Obstacle ambiguous(
      String what, String id, List<ComponentKey> left, List<ComponentKey> right) {
    return new Obstacle(
        "match-ambiguous",
        "components",
        "Cannot match by the " + what + " '" + id + "': installed "
            + names(left, installed.spec()) + " and, in the template, " + names(right, target)
            + " have it",
        "say in the map of components which is which");
  }

  private static String names(List<ComponentKey> keys, AppSpec spec) {
    return keys.stream()
        .map(key -> spec.component(key).map(Component::toString).orElse(key.value()))
        .collect(joining(", "));
  }

  private void pair(ComponentKey here, ComponentKey there, By by) {
    pairs.put(here, new Pair(here, there, by));
    block(List.of(here), List.of(there));
  }

  private void block(List<ComponentKey> here, List<ComponentKey> there) {
    here.forEach(openInstalled::remove);
    there.forEach(openTemplate::remove);
  }

  private List<Suggestion> suggestions() {
    Map<String, List<ComponentKey>> here =
        new TreeMap<>(group(openInstalled.values(), Component::name));
    Map<String, List<ComponentKey>> there = group(openTemplate.values(), Component::name);
    List<Suggestion> result = new ArrayList<>();
    here.forEach((name, left) -> {
      List<ComponentKey> right = there.get(name);
      if (right != null) {
        result.add(new Suggestion(name, left, right));
      }
    });
    return List.copyOf(result);
  }

  /** Gives each component of the template the key it has in the app, or a free one. */
  private SortedMap<ComponentKey, ComponentKey> installedKeys() {
    SortedMap<ComponentKey, ComponentKey> keys = new TreeMap<>();
    Set<ComponentKey> taken = new HashSet<>();
    installed.spec().components().forEach(component -> taken.add(component.id()));
    pairs.values().forEach(pair -> keys.put(pair.template(), pair.installed()));
    List<ComponentKey> homeless = new ArrayList<>();
    for (Component component : target.components()) {
      if (!keys.containsKey(component.id())) {
        if (taken.add(component.id())) {
          keys.put(component.id(), component.id());
        } else {
          homeless.add(component.id());
        }
      }
    }
    homeless.forEach(key -> keys.put(key, free(key, taken)));
    return Collections.unmodifiableSortedMap(keys);
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
