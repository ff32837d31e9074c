// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to ask an instance for its health, from outside, so that its image needs no tool for it.
 *
 * <p>HTTP and TCP probes are asked here, over the address in the app's network. Commands are the
 * engine's health check. A component without a probe is asked whether its ports accept.
 *
 * @param asks what to ask
 * @param graceSeconds for how long after its creation an instance may answer badly
 * @param steadySeconds for how long an instance has to run before it counts as ready: as long as the
 *     successes in a row that a probe asks for take at least
 */
record Probes(List<Ask> asks, int graceSeconds, int steadySeconds) {

  private static final int DEFAULT_GRACE_SECONDS = 15;

  /**
   * One question.
   *
   * @param path the path to get over HTTP; empty to connect only
   * @param headers lines to send
   */
  record Ask(int port, String path, List<String> headers, int timeoutSeconds) {}

  Probes {
    asks = List.copyOf(asks);
  }

  static Probes of(Component component) {
    List<Ask> asks = new ArrayList<>();
    int grace = 0;
    int steady = 0;
    boolean probed = false;
    for (Probe probe : component.probes()) {
      if (!probe.used()) {
        continue;
      }
      probed = true;
      grace = Math.max(
          grace,
          probe.initialDelaySeconds()
              + Math.max(1, probe.periodSeconds()) * Math.max(3, probe.failureThreshold()));
      steady = Math.max(
          steady, Math.max(1, probe.periodSeconds()) * Math.max(0, probe.successThreshold() - 1));
      if (!probe.scheme().equals("cmd") && probe.port() > 0) {
        asks.add(new Ask(
            probe.port(),
            probe.scheme().equals("http") ? path(probe) : "",
            headers(probe),
            Math.min(20, Math.max(1, probe.timeoutSeconds()))));
      }
    }
    if (!probed) {
      for (Port port : component.ports()) {
        if ((port.inner() || port.outer()) && !port.protocol().equals("udp")) {
          asks.add(new Ask(port.number(), "", List.of(), 1));
        }
      }
    }
    return new Probes(asks, Math.max(grace, DEFAULT_GRACE_SECONDS), steady);
  }

  /** Makes the question whether each TCP port of a face accepts. */
  static Probes accepting(Face face) {
    List<Ask> asks = new ArrayList<>();
    face.ports().forEach((port, protocol) -> {
      if (!protocol.equals("udp")) {
        asks.add(new Ask(Integer.parseInt(port), "", List.of(), 1));
      }
    });
    return new Probes(asks, DEFAULT_GRACE_SECONDS, 0);
  }

  /** Returns the command to be run inside as a health check; empty if there is none. */
  static Optional<Probe> command(Component component) {
    return component.probes().stream()
        .filter(probe ->
            probe.used() && probe.scheme().equals("cmd") && !probe.command().isBlank())
        .findFirst();
  }

  private static String path(Probe probe) {
    return probe.path().startsWith("/") ? probe.path() : "/" + probe.path();
  }

  /** Reads headers as RAM writes them: {@code A=1,B=2}. */
  private static List<String> headers(Probe probe) {
    List<String> lines = new ArrayList<>();
    for (String header : probe.httpHeader().split(",", -1)) {
      int equals = header.indexOf('=');
      if (equals > 0) {
        lines.add(header.substring(0, equals).strip() + ": "
            + header.substring(equals + 1).strip());
      }
    }
    return lines;
  }

  /** Writes it as the text of a label. */
  String text() {
    return graceSeconds + " " + steadySeconds
        + asks.stream()
            .map(ask -> "\n" + ask.port + " " + ask.timeoutSeconds + " " + encode(ask.path) + " "
                + encode(String.join("\n", ask.headers)))
            .collect(Collectors.joining());
  }

  static Probes parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return new Probes(List.of(), DEFAULT_GRACE_SECONDS, 0);
    }
    List<Ask> asks = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(" ", -1);
      asks.add(new Ask(
          Integer.parseInt(parts[0]),
          decode(parts[2]),
          decode(parts[3]).lines().toList(),
          Integer.parseInt(parts[1])));
    }
    String[] seconds = lines.get(0).split(" ", -1);
    return new Probes(asks, Integer.parseInt(seconds[0]), Integer.parseInt(seconds[1]));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Asks the instance at {@code address}; returns what is wrong, empty if all is well. */
  List<String> ask(String address) {
    return asks.stream().flatMap(ask -> ask(ask, address).stream()).toList();
  }

  private static Optional<String> ask(Ask ask, String address) {
    String where =
        ask.path.isEmpty() ? "port " + ask.port : "GET " + ask.path + " on port " + ask.port;
    int timeout = ask.timeoutSeconds * 1000;
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(timeout);
      socket.connect(new InetSocketAddress(address, ask.port), timeout);
      if (ask.path.isEmpty()) {
        return Optional.empty();
      }
      String host = ask.headers.stream().anyMatch(h -> h.regionMatches(true, 0, "Host:", 0, 5))
          ? ""
          : "Host: " + address + ":" + ask.port + "\r\n";
      String headers = ask.headers.stream().map(h -> h + "\r\n").collect(Collectors.joining());
      String request =
          "GET " + ask.path + " HTTP/1.1\r\n" + host + headers + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String line =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      return isGood(line) ? Optional.empty() : Optional.of(where + " answered '" + line + "'");
    } catch (IOException e) {
      return Optional.of(where + ": " + e.getMessage());
    }
  }

  /** Tells whether a status line has a status from 200 to 399. */
  private static boolean isGood(@Nullable String line) {
    return line != null && line.matches("HTTP/1\\.[01] [23][0-9][0-9].*");
  }
}
