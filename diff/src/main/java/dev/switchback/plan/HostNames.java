// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Port;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names inside the cluster under which the ports of components are reached, and other names for
 * those that are taken at a site.
 *
 * <p>Which names are taken is known to the host alone, so it makes the map and puts it into the
 * request. The app keeps it ({@link dev.switchback.model.app.AppState#hostNames()}), and every later
 * version gets the names of the site before anything is compared: in ports, and wherever env and
 * connection values, config files, config items, commands and manifests name them as a host.
 */
public final class HostNames {

  private static final int LONGEST = 63;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private HostNames() {}

  /** Returns the names that the ports of {@code spec} are reached under. */
  public static SortedSet<String> of(AppSpec spec) {
    TreeSet<String> names = new TreeSet<>();
    for (Component component : spec.components()) {
      for (Port port : component.ports()) {
        if (!port.kubernetesName().isEmpty()) {
          names.add(port.kubernetesName());
        }
      }
    }
    return Collections.unmodifiableSortedSet(names);
  }

  /**
   * Finds another name for each name of {@code spec} that is taken: {@code mysql-2}, or the next
   * number that is free.
   *
   * @param spec a version to install, with the template's names
   * @param taken the names that others have at the site
   * @return the template's name and the free one, for those that are taken only
   */
  public static SortedMap<String, String> avoiding(AppSpec spec, Collection<String> taken) {
    SortedSet<String> own = of(spec);
    TreeSet<String> used = new TreeSet<>(taken);
    SortedMap<String, String> names = new TreeMap<>();
    for (String name : own) {
      if (used.contains(name)) {
        String free = name;
        for (int number = 2; used.contains(free) || own.contains(free); number++) {
          String suffix = "-" + number;
          free = name.substring(0, Math.min(name.length(), LONGEST - suffix.length())) + suffix;
        }
        used.add(free);
        names.put(name, free);
      }
    }
    return Collections.unmodifiableSortedMap(names);
  }

  /**
   * Copies a map of names that a request gives.
   *
   * @throws IllegalArgumentException if a name here cannot be one in a cluster, or two are the same
   */
  static SortedMap<String, String> checked(Map<String, String> names) {
    TreeMap<String, String> copy = new TreeMap<>();
    names.forEach((name, here) -> add(copy, name, here));
    return Collections.unmodifiableSortedMap(copy);
  }

  /** Adds one name to those that a request gives; fails as {@link #checked} does. */
  static void add(SortedMap<String, String> names, String name, String here) {
    requireNonNull(name, "name");
    requireNonNull(here, "here");
    if (here.length() > LONGEST || !LABEL.matcher(here).matches()) {
      throw new IllegalArgumentException("Invalid host name '" + here + "' for " + name
          + ": it takes up to 63 lower-case letters, digits and hyphens between them");
    }
    names.forEach((other, otherHere) -> {
      if (other.equals(name) != otherHere.equals(here)) {
        throw new IllegalArgumentException("Invalid host name '" + here + "' for " + name + ": "
            + other + " was given " + otherHere + " before");
      }
    });
    names.put(name, here);
  }
}
