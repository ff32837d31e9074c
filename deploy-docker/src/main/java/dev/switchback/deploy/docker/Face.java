// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What consumers see of a component: its names in the network, the ports they may use, and where
 * these are published. It outlives the instances behind it.
 *
 * @param domains the names in the network
 * @param ports each port, such as {@code 80} or {@code 53/udp}, and whether {@code http}, {@code tcp}
 *     or {@code udp} is spoken there
 * @param published where a port is published on the host, as {@code address:port}
 */
record Face(
    List<String> domains, SortedMap<String, String> ports, SortedMap<String, String> published) {

  static final Face NONE = new Face(List.of(), new TreeMap<>(), new TreeMap<>());

  Face {
    domains = List.copyOf(domains);
    ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
    published = Collections.unmodifiableSortedMap(new TreeMap<>(published));
  }

  /** Tells whether every port runs over TCP, so that a proxy can stand in front. */
  boolean isTcpOnly() {
    return !ports.containsValue("udp");
  }

  Face withPublished(SortedMap<String, String> other) {
    return new Face(domains, ports, other);
  }

  /** Writes it as the text of a label: {@code a,b|80=http,81=tcp|80=0.0.0.0:8080}. */
  String text() {
    return String.join(",", domains) + "|" + text(ports) + "|" + text(published);
  }

  static Face parse(String text) {
    String[] parts = text.split("\\|", -1);
    return parts.length == 3 ? new Face(entries(parts[0]), map(parts[1]), map(parts[2])) : NONE;
  }

  private static String text(SortedMap<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  private static SortedMap<String, String> map(String text) {
    SortedMap<String, String> map = new TreeMap<>();
    for (String entry : entries(text)) {
      int equals = entry.indexOf('=');
      map.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return map;
  }

  private static List<String> entries(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }
}
