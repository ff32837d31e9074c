// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.KeptItems;
import dev.switchback.diff.ThreeWay;
import dev.switchback.diff.internal.InOrder;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Port;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the host names that a version changes and an upgrade keeps.
 *
 * <p>What consumers are told of a port, and what else names its host, has to follow the port that will
 * be there: where that keeps its name, the version's new one would lead nowhere.
 *
 * <p>Source: Rainbond makes connection values anew from the installed port, not from the template's.
 */
final class KeptHosts {

  private KeptHosts() {}

  /**
   * Returns the names of the version and those of the app in their place; mostly empty.
   *
   * @param version the version with the app's keys and the template's names
   * @param offered the same with the names that its ports are to have here
   */
  static SortedMap<String, String> of(
      Foreseen foreseen, AppState state, AppSpec version, AppSpec offered) {
    if (!mayKeep(state.spec(), offered)) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, String> kept = new TreeMap<>();
    AppSpec base = KeptItems.of(state).base();
    for (ThreeWay.Row row : ThreeWay.of(base, state.spec(), offered).rows()) {
      String now = name(row.recorded().orElse(null));
      String next = name(row.target().orElse(null));
      boolean renamed = !now.isEmpty() && !next.isEmpty() && !now.equals(next);
      if (renamed
          && !next.equals(name(row.base().orElse(null)))
          && now.equals(name(foreseen.result(row)))) {
        kept.put(name(LooseEnds.find(version, row.place()).orElse(null)), now);
      }
    }
    return kept;
  }

  /** Tells quickly whether any port has another name in the version. */
  @SuppressWarnings("ReferenceEquality") // a shortcut: the same component has the same ports
  private static boolean mayKeep(AppSpec recorded, AppSpec offered) {
    InOrder<Component> present = new InOrder<>(recorded.components());
    for (Component component : offered.components()) {
      Component now = present.find(component);
      if (now != null && now != component && renamesPort(now.ports(), component.ports())) {
        return true;
      }
    }
    return false;
  }

  private static boolean renamesPort(Keyed<Port> recorded, Keyed<Port> offered) {
    if (recorded.equals(offered)) {
      return false;
    }
    InOrder<Port> present = new InOrder<>(recorded);
    for (Port port : offered) {
      Port now = present.find(port);
      if (now != null && !name(now).equals(name(port))) {
        return true;
      }
    }
    return false;
  }

  private static String name(Keyed.@Nullable Item item) {
    return item instanceof Port port ? port.kubernetesName() : "";
  }
}
