// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.ItemTexts;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.internal.InOrder;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Port;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Warns of what names a host that a plan takes away, or is made for another governance mode. */
final class HostWarnings {

  private final Draft draft;
  private final AppSpec before;
  private final AppSpec wanted;

  HostWarnings(Draft draft, AppSpec before, AppSpec wanted) {
    this.draft = draft;
    this.before = before;
    this.wanted = wanted;
  }

  void warn() {
    SortedMap<String, Set<Integer>> lost = lost();
    if (!lost.isEmpty()) {
      warnOfLost(lost);
    }
    String was = before.governanceMode();
    String mode = wanted.governanceMode();
    if (!was.isEmpty() && !mode.isEmpty() && !mode.equals(was)) {
      warnOfMode(mode);
    }
  }

  /** Returns the names that ports had and none has any more, and the numbers of those ports. */
  @SuppressWarnings("ReferenceEquality") // a shortcut: the same component has the same ports
  private SortedMap<String, Set<Integer>> lost() {
    SortedMap<String, Set<Integer>> lost = new TreeMap<>();
    InOrder<Component> next = new InOrder<>(wanted.components());
    for (Component was : before.components()) {
      Component is = next.find(was);
      if (is == was) {
        continue;
      }
      for (Port port : was.ports()) {
        if (is == null || !HostClashes.has(is, port.kubernetesName())) {
          lost.computeIfAbsent(port.kubernetesName(), name -> new TreeSet<>()).add(port.number());
        }
      }
    }
    lost.remove("");
    if (!lost.isEmpty()) {
      wanted
          .components()
          .forEach(
              component -> component.ports().forEach(port -> lost.remove(port.kubernetesName())));
    }
    return lost;
  }

  private void warnOfLost(SortedMap<String, Set<Integer>> lost) {
    SortedMap<String, String> names = new TreeMap<>();
    lost.keySet().forEach(name -> names.put(name, name)); // to be found, not to be replaced
    HostText texts = new HostText(names, lost);
    Map<String, TreeSet<Place>> places = new TreeMap<>();
    ItemTexts.replace(wanted, (place, text) -> {
      for (String name : texts.replace(place.item(), text).replaced()) {
        places.computeIfAbsent(name, unused -> new TreeSet<>()).add(place);
      }
      return text;
    });
    places.forEach((name, where) -> draft.warning(
        "host-lost",
        name,
        "No port is reached under this host any more, and it is still named in "
            + draft.names().of(where)
            + "; change that by hand"));
  }

  private void warnOfMode(String mode) {
    TreeSet<Place> places = new TreeSet<>();
    for (Component component : wanted.components()) {
      for (EnvVar value : component.connections()) {
        if (!DerivedHosts.host(value, component.ports(), mode)
            .equals(value.value().reveal())) {
          places.add(Place.of(component.id(), PropertyKind.CONNECTION, value.key()));
        }
      }
    }
    if (!places.isEmpty()) {
      draft.warning(
          "host-of-other-mode",
          mode,
          "The app comes into this governance mode, and what is derived from ports is made for"
              + " another one in "
              + draft.names().of(places)
              + "; change it by hand");
    }
  }
}
