// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import java.time.Duration;
import java.util.List;

/** Writes the configuration of HAProxy for one component: each port to the same instances. */
final class ProxyConfig {

  private ProxyConfig() {}

  /**
   * Writes it.
   *
   * <p>HTTP is read, not only passed on: a connection that a client keeps is led to the new instances
   * with its next request. After a reload the old worker answers what is under way, tells clients to
   * connect again, and is gone when {@code drain} is over at the latest. Requests that may be repeated
   * are, if an instance hangs up.
   *
   * @param servers the names of the instances in the app's network, which may get other addresses
   */
  static String write(Face face, List<String> servers, Duration drain) {
    StringBuilder text = new StringBuilder();
    head(drain).forEach(line -> line(text, line));
    face.ports().forEach((port, protocol) -> {
      boolean http = protocol.equals("http");
      line(text, "listen port-" + port);
      line(text, "  bind :" + port);
      line(text, "  mode " + (http ? "http" : "tcp"));
      if (http) {
        line(text, "  option idle-close-on-response");
        line(text, "  retry-on conn-failure empty-response");
        line(text, "  http-request disable-l7-retry unless METH_GET");
      }
      for (int i = 0; i < servers.size(); i++) {
        line(
            text,
            "  server instance-" + i + " " + servers.get(i) + ":" + port
                + " resolvers engine init-addr libc,none"
                + (servers.size() > 1 ? " check inter 2s fall 2 rise 1" : ""));
      }
    });
    return text.toString();
  }

  /** What every configuration begins with. */
  static List<String> head(Duration drain) {
    return List.of(
        "global",
        "  maxconn 4000",
        "  hard-stop-after " + drain.toMillis() + "ms",
        "defaults",
        "  timeout connect 2s",
        "  timeout client 1h",
        "  timeout server 1h",
        "  timeout tunnel 24h",
        "  timeout http-keep-alive 1m",
        "  retries 3",
        "  option redispatch 1",
        "resolvers engine",
        "  parse-resolv-conf",
        "  hold valid 1s",
        "  timeout resolve 1s",
        "  timeout retry 500ms");
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
