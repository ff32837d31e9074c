// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import dev.switchback.model.Obstacle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds components that have one key while the share uuid of each is that of another one: by the key
 * they are the same, by the uuid each is somebody else, and to guess wrong would run one component on
 * the data of the other.
 *
 * <p>Where only one of the two belongs elsewhere the key counts, being the stronger id.
 */
final class Contradictions {

  /** Two components of one key that are somebody else by their share uuids. */
  record Contradiction(
      Unmatched installed,
      Unmatched template,
      List<Unmatched> otherInstalled,
      List<Unmatched> otherTemplate) {

    Obstacle obstacle(String code) {
      return new Obstacle(
          code,
          "components",
          "Cannot match installed " + installed.component() + " with " + template.component()
              + " of the template, which has its key: that one has the share uuid of installed "
              + said(otherInstalled) + ", and " + said(otherTemplate)
              + " of the template has the share uuid of this one",
          "say in the map of components which is meant: " + installed.key() + " = "
              + template.key() + " goes by the key, " + installed.key() + " = "
              + otherTemplate.get(0).key() + " by the share uuid");
    }

    private static String said(List<Unmatched> components) {
      return components.stream()
          .map(each -> each.component().toString())
          .collect(Collectors.joining(", "));
    }
  }

  private final List<Unmatched> installed = new ArrayList<>();
  private final List<Unmatched> template = new ArrayList<>(); // the counterparts, in that order

  /** Notes a pair by key, if its share uuids differ. */
  void note(Unmatched here, Unmatched there) {
    String uuid = here.shareUuid();
    String other = there.shareUuid();
    if (!uuid.equals(other) && !uuid.isBlank() && !other.isBlank()) {
      installed.add(here);
      template.add(there);
    }
  }

  /**
   * Returns the pairs whose uuids both belong elsewhere: to a component that has no counterpart yet, or
   * one that is in doubt itself.
   */
  List<Contradiction> find(List<Unmatched> openInstalled, List<Unmatched> openTemplate) {
    if (installed.isEmpty()) {
      return List.of();
    }
    Map<String, List<Unmatched>> here = byShareUuid(installed, openInstalled);
    Map<String, List<Unmatched>> there = byShareUuid(template, openTemplate);
    List<Contradiction> found = new ArrayList<>();
    for (int i = 0; i < installed.size(); i++) {
      List<Unmatched> otherHere = here.getOrDefault(template.get(i).shareUuid(), List.of());
      List<Unmatched> otherThere = there.getOrDefault(installed.get(i).shareUuid(), List.of());
      if (!otherHere.isEmpty() && !otherThere.isEmpty()) {
        found.add(new Contradiction(installed.get(i), template.get(i), otherHere, otherThere));
      }
    }
    return found;
  }

  private static Map<String, List<Unmatched>> byShareUuid(
      List<Unmatched> doubtful, List<Unmatched> open) {
    Map<String, List<Unmatched>> result = new HashMap<>(); // to look up only
    for (List<Unmatched> each : List.of(doubtful, open)) {
      each.forEach(component -> result
          .computeIfAbsent(component.shareUuid(), uuid -> new ArrayList<>())
          .add(component));
    }
    return result;
  }
}
