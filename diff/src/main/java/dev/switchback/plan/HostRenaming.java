// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.Diff;
import dev.switchback.diff.ItemTexts;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Port;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a version the host names that a site has for it, before it is compared with anything, so that
 * an upgrade does not take them for changes.
 */
final class HostRenaming {

  private final Draft draft;
  private final AppSpec version;
  private final AppSpec base;
  private final SortedMap<String, String> recorded;
  private final SortedMap<String, String> asked;
  private final SortedMap<String, String> names;
  private final Map<String, Set<Place>> replaced = new TreeMap<>();
  private final Map<String, Set<Place>> left = new TreeMap<>();

  /**
   * Prepares it.
   *
   * @param version the version, under the app's keys and with the template's names
   * @param base what the app was installed from, with the names here; empty for an install
   * @param recorded the names that the app has other than the template's
   * @param asked those that the request adds
   */
  HostRenaming(
      Draft draft,
      AppSpec version,
      AppSpec base,
      SortedMap<String, String> recorded,
      SortedMap<String, String> asked) {
    this.draft = draft;
    this.version = version;
    this.base = base;
    this.recorded = recorded;
    this.asked = asked;
    this.names = new TreeMap<>(recorded);
    this.names.putAll(asked);
  }

  /** Returns all names that are others here than in the template. */
  SortedMap<String, String> names() {
    return names;
  }

  /** Returns the version with the names in its ports, and checks what is asked for. */
  AppSpec withPorts() {
    if (names.isEmpty()) {
      return version;
    }
    check();
    return version.toBuilder()
        .components(version.components().stream()
            .map(component -> component.toBuilder()
                .ports(component.ports().stream()
                    .map(port -> withName(component, port))
                    .collect(Keyed.collector()))
                .build())
            .collect(Keyed.collector()))
        .build();
  }

  /**
   * Gives texts the names, and says where.
   *
   * @param named the version with the names in its ports
   * @param kept the template's names of ports that keep another one: it counts in texts, whatever
   *     else is said of the template's name, which is no port's here; the ports themselves are left
   *     to the merge
   */
  AppSpec withTexts(AppSpec named, SortedMap<String, String> kept) {
    SortedMap<String, String> inTexts = new TreeMap<>(names);
    inTexts.putAll(kept);
    inTexts.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
    if (inTexts.isEmpty()) {
      return named;
    }
    replaced.keySet().removeAll(kept.keySet());
    HostText texts = new HostText(inTexts, numbers());
    AppSpec renamed = ItemTexts.replace(named, (place, text) -> {
      HostText.Result result = texts.replace(place.item(), text);
      result.replaced().forEach(name -> note(replaced, name, place));
      result.left().forEach(name -> note(left, name, place));
      return result.text();
    });
    report(inTexts, renamed);
    return renamed;
  }

  private static void note(Map<String, Set<Place>> notes, String name, Place place) {
    notes.computeIfAbsent(name, unused -> new TreeSet<>()).add(place);
  }

  private void check() {
    SortedSet<String> own = HostNames.of(version);
    SortedSet<String> inUse = HostNames.of(base);
    asked.forEach((name, here) -> {
      String earlier = recorded.get(name);
      if (earlier != null && !earlier.equals(here)) {
        refuse(name, here, "it is " + earlier + " since the app was installed");
      } else if (earlier == null && isReachedUnder(name) && !recorded.containsValue(name)) {
        refuse(name, here, "the app is reached under that name since it was installed");
      } else if (!own.contains(name)) {
        refuse(name, here, "no port of the version has that name");
      } else if (own.contains(here) && !asked.containsKey(here) && !recorded.containsKey(here)) {
        refuse(name, here, "another port of the version has that name");
      } else if (earlier == null && inUse.contains(here)) {
        refuse(name, here, "another port of the app has that name");
      }
    });
    recorded.forEach((name, here) -> {
      if (own.contains(here) && !names.containsKey(here)) {
        draft.obstacle(
            "host-name",
            here,
            "Cannot leave host " + here + " of the version its name: host " + name
                + " has that name here since it was installed",
            "give it another name in the request");
      }
    });
  }

  private void refuse(String name, String here, String why) {
    draft.obstacle(
        "host-name",
        name,
        "Cannot give host " + name + " the name " + here + ": " + why,
        "leave it out of the request, or choose another name");
    names.remove(name);
    if (recorded.containsKey(name)) {
      names.put(name, recorded.get(name));
    }
  }

  /** Tells whether a port has a name in the version that it has had since the app was installed. */
  private boolean isReachedUnder(String name) {
    for (Component component : version.components()) {
      for (Port port : component.ports()) {
        if (port.kubernetesName().equals(name)
            && base.component(component.id())
                .flatMap(before -> before.ports().find(port.key()))
                .filter(before -> before.kubernetesName().equals(name))
                .isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the port numbers that each name of the version is reached under. */
  private Map<String, Set<Integer>> numbers() {
    Map<String, Set<Integer>> numbers = new TreeMap<>();
    for (Component component : version.components()) {
      for (Port port : component.ports()) {
        numbers
            .computeIfAbsent(port.kubernetesName(), unused -> new TreeSet<>())
            .add(port.number());
      }
    }
    return numbers;
  }

  private Port withName(Component component, Port port) {
    String here = names.get(port.kubernetesName());
    if (here == null) {
      return port;
    }
    note(replaced, port.kubernetesName(), Place.of(component.id(), PropertyKind.PORT, port.key()));
    return new Port(
        port.number(),
        port.protocol(),
        port.alias(),
        port.inner(),
        port.outer(),
        here,
        port.name());
  }

  /** Says what the operator would not expect from what he knows of the version: what changes. */
  private void report(SortedMap<String, String> inTexts, AppSpec renamed) {
    Set<Place> changed = Diff.between(base, renamed).changes().stream()
        .map(Change::place)
        .collect(Collectors.toCollection(TreeSet::new));
    inTexts.forEach((name, here) -> {
      String where = where(replaced.get(name), changed);
      if (!where.isEmpty()) {
        draft.warning("host-renamed", name, "This host is " + here + " here: in " + where);
      }
      String elsewhere = where(left.get(name), changed);
      if (!elsewhere.isEmpty()) {
        draft.warning(
            "host-not-renamed",
            name,
            "This host is " + here
                + " here, but the same word stays where it was not taken for one:" + " in "
                + elsewhere + "; change it by hand if it means the host");
      }
    });
  }

  private String where(@Nullable Collection<Place> places, Set<Place> changed) {
    if (places == null) {
      return "";
    }
    return draft
        .names()
        .of(places.stream()
            .filter(place -> changed.contains(place)
                || place
                    .component()
                    .filter(key -> changed.contains(Place.of(key)))
                    .isPresent())
            .toList());
  }
}
