// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which installed component is which component of a template version.
 *
 * <p>Tried in this order, one-to-one: the operator's map, the key, the share uuid, the second half of
 * a share uuid of the form {@code X+Y}. Components with the same name are suggested, never matched.
 * A key counts although the share uuids differ, unless both uuids are those of others, so that the two
 * ids make different pairs: that is an obstacle. Absent ids never match each other, nor do keys that were made up for lack of an id: those of
 * components of the same name, or without one, are an obstacle until the operator says which is which
 * and which is new. What was said once is not remembered for the next version: a made-up key there
 * tells no more than a name or a position does.
 */
public final class Matching {

  /** What two components were matched by. */
  public enum By {
    /** The operator said so. */
    MAP,
    /** The key in the template. */
    KEY,
    /** The share uuid. */
    SHARE_UUID,
    /** The second half of the share uuid, which names the source component. */
    SOURCE
  }

  /**
   * An installed component and its counterpart.
   *
   * @param installed its key in the app
   * @param template its counterpart's key in the template version
   * @param by what they were matched by
   */
  public record Pair(ComponentKey installed, ComponentKey template, By by) {

    /** Checks that nothing is missing. */
    public Pair {
      requireNonNull(installed, "installed");
      requireNonNull(template, "template");
      requireNonNull(by, "by");
    }
  }

  /**
   * Unmatched components that have the same name, and may be meant to be the same.
   *
   * @param name the name
   * @param installed the installed ones, in key order
   * @param template the template's, in key order
   */
  public record Suggestion(String name, List<ComponentKey> installed, List<ComponentKey> template) {

    /** Checks that nothing is missing. */
    public Suggestion {
      requireNonNull(name, "name");
      installed = List.copyOf(installed);
      template = List.copyOf(template);
    }
  }

  private final AppSpec target;
  private final List<Pair> pairs;
  private final Map<ComponentKey, ComponentKey> moved; // to look up only
  private final Map<ComponentKey, ComponentKey> movedBack = new HashMap<>(); // the same
  private final List<ComponentKey> added;
  private final List<ComponentKey> gone;
  private final List<Suggestion> suggestions;
  private final List<Obstacle> obstacles;
  private @Nullable SortedMap<ComponentKey, Pair> byInstalled; // made when needed

  /**
   * Makes a matching.
   *
   * @param pairs in any order
   * @param moved the keys in the app of those components of the target that have another in the
   *     template
   */
  Matching(
      AppSpec target,
      List<Pair> pairs,
      Map<ComponentKey, ComponentKey> moved,
      List<ComponentKey> added,
      List<ComponentKey> gone,
      List<Suggestion> suggestions,
      List<Obstacle> obstacles) {
    this.target = target;
    this.pairs = pairs;
    this.moved = moved;
    moved.forEach((template, key) -> movedBack.put(key, template));
    this.added = added;
    this.gone = gone;
    this.suggestions = suggestions;
    this.obstacles = obstacles;
  }

  /**
   * Matches the components of an app with those of a template version.
   *
   * @param installed the app; a component without an origin goes by its own key
   * @param target the template version's spec, with the template's keys
   * @param map what the operator said: installed key to template key; may be empty
   * @return the matching; with obstacles where something is ambiguous or the map is wrong
   */
  public static Matching of(
      AppState installed, AppSpec target, Map<ComponentKey, ComponentKey> map) {
    return new Matcher(installed, null, target).match(map, Set.of());
  }

  /**
   * Matches the components of an app with those of a template version that may be the very one they
   * are from, in which case keys that were made up mean the same.
   *
   * @param version which version it is
   * @param newOnes the keys of those components of the template of which the operator said that they
   *     stand for none that is installed; may be empty
   */
  public static Matching of(
      AppState installed,
      VersionRef version,
      AppSpec target,
      Map<ComponentKey, ComponentKey> map,
      Collection<ComponentKey> newOnes) {
    return new Matcher(installed, requireNonNull(version, "version"), target).match(map, newOnes);
  }

  /** Returns the pairs by installed key. */
  public SortedMap<ComponentKey, Pair> pairs() {
    SortedMap<ComponentKey, Pair> result = byInstalled;
    if (result == null) {
      SortedMap<ComponentKey, Pair> sorted = new TreeMap<>();
      pairs.forEach(pair -> sorted.put(pair.installed(), pair));
      result = Collections.unmodifiableSortedMap(sorted);
      byInstalled = result;
    }
    return result;
  }

  /** Returns the pairs that were matched by a share uuid and not by a key, by installed key. */
  public List<Pair> byShareUuid() {
    return pairs.stream()
        .filter(pair -> pair.by() == By.SHARE_UUID || pair.by() == By.SOURCE)
        .sorted(Comparator.comparing(Pair::installed))
        .toList();
  }

  /** Returns the template keys of components that are not installed, in key order. */
  public List<ComponentKey> added() {
    return added;
  }

  /** Returns the installed components that the template version does not have, in key order. */
  public List<ComponentKey> gone() {
    return gone;
  }

  /** Returns components that may be meant to be the same, by name. */
  public List<Suggestion> suggestions() {
    return suggestions;
  }

  /** Returns every reason why the matching cannot be used; empty if it can. */
  public List<Obstacle> obstacles() {
    return obstacles;
  }

  /**
   * Tells whether it is known what is whose counterpart: nothing was ambiguous. An entry of the map
   * that names no component is an obstacle all the same.
   */
  public boolean isCertain() {
    return obstacles.stream().allMatch(obstacle -> obstacle.code().equals(Matcher.UNKNOWN));
  }

  /**
   * Returns the key that a component of the template has, or will have, in the app.
   *
   * @return empty if the template version has no such component
   */
  public Optional<ComponentKey> installedKey(ComponentKey template) {
    return target.component(template).map(component -> moved.getOrDefault(template, template));
  }

  /** Returns the template key of an installed component; empty if it has no counterpart. */
  public Optional<ComponentKey> templateKey(ComponentKey installed) {
    return Optional.ofNullable(pairs().get(installed)).map(Pair::template);
  }

  /**
   * Returns the key in the template of a component that {@link #rekey} gave a key of the app, be it
   * installed or new.
   */
  public ComponentKey originalKey(ComponentKey rekeyed) {
    return movedBack.isEmpty() ? rekeyed : movedBack.getOrDefault(rekeyed, rekeyed);
  }

  /**
   * Returns the target with the app's keys instead of the template's: in components, dependencies,
   * mounts, config members and routes.
   *
   * <p>A component that is not installed yet keeps its key, or gets {@code -2} and so on behind it
   * where an installed component has that key. References to components that the template does not have
   * stay as they are.
   */
  public AppSpec rekey(AppSpec target) {
    return moved.isEmpty() ? target : Rekey.of(target, this);
  }
}
