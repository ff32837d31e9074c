// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.HttpRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the configuration of HAProxy for the HTTP routes of an app: each leads to its component under
 * the name that stays the same, whatever instances are behind it.
 */
final class GatewayConfig {

  /** The port inside the container. */
  static final String PORT = "8080";

  /** The port inside the container at which it tells what it serves; never published. */
  private static final int STATE_PORT = 8081;

  private static final Pattern DOMAIN = Pattern.compile("(\\*\\.)?[A-Za-z0-9._-]+");
  private static final Pattern CONFIG_PATH = Pattern.compile("/config/[0-9a-f]{64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  /** A route with the domain that it is for, and where it leads. */
  private record Way(HttpRoute route, String domain, String server) {

    boolean isWild() {
      return domain.startsWith("*.");
    }

    int conditions() {
      return route.headers().size() + route.cookies().size();
    }
  }

  /** What is more to the point is asked first. */
  private static final Comparator<Way> TELLING = Comparator.comparing(Way::isWild)
      .thenComparing(way -> -way.domain().length())
      .thenComparing(way -> -way.route().location().length())
      .thenComparing(way -> -way.conditions())
      .thenComparing(way -> way.route().key());

  private GatewayConfig() {}

  /** Returns why {@code route} cannot be led; empty if it can. */
  static List<String> problems(HttpRoute route) {
    List<String> problems = new ArrayList<>();
    if (route.ssl()) {
      problems.add("it asks for HTTPS, and there is no certificate");
    }
    if (route.pathRewrite() || !route.rewrites().matches("\\s*(null|\\[\\s*])?\\s*")) {
      problems.add("it rewrites paths");
    }
    if (!route.domain().isEmpty() && !DOMAIN.matcher(route.domain()).matches()) {
      problems.add("its domain is no domain name");
    }
    List<String> values = new ArrayList<>(List.of(route.location()));
    for (var map : List.of(route.headers(), route.cookies(), route.proxyHeaders())) {
      values.addAll(map.values());
      if (!map.keySet().stream().allMatch(name -> NAME.matcher(name).matches())) {
        problems.add(
            "a name of a header or cookie has other characters than letters, digits, . _ -");
      }
    }
    if (values.stream().anyMatch(value -> value.chars().anyMatch(c -> c < ' ' || c == '\''))) {
      problems.add("its path, a header or a cookie has a quote or a control character");
    }
    return problems;
  }

  /**
   * Returns the domain that a route is for: its own, or {@code port.component.app.suffix} where the site
   * makes one.
   */
  static String domain(AppId app, Component component, HttpRoute route, String suffix) {
    return route.domain().isEmpty()
        ? (route.port() + "." + Names.domain(component, route.port()) + "." + Names.label(app) + "."
                + suffix)
            .toLowerCase(Locale.ROOT)
        : route.domain().toLowerCase(Locale.ROOT);
  }

  /** Writes it; null if the app has no route. */
  static @Nullable String write(AppId app, AppSpec spec, String suffix, Duration drain) {
    List<Way> ways = new ArrayList<>();
    for (HttpRoute route : spec.httpRoutes()) {
      spec.component(route.component())
          .ifPresent(component -> ways.add(new Way(
              route,
              domain(app, component, route, suffix),
              Names.domain(component, route.port()) + ":" + route.port())));
    }
    if (ways.isEmpty()) {
      return null;
    }
    ways.sort(TELLING);
    String config = text(ways, drain);
    return config + state(ways, Digest.of(config));
  }

  private static String text(List<Way> ways, Duration drain) {
    List<String> lines = new ArrayList<>(ProxyConfig.head(drain));
    lines.add("frontend routes");
    lines.add("  bind :" + PORT);
    lines.add("  mode http");
    lines.add("  option idle-close-on-response");
    lines.add("  http-request set-var(txn.host) req.hdr(host),field(1,:),lower");
    for (int i = 0; i < ways.size(); i++) {
      lines.add("  use_backend route-" + i + " if " + condition(ways.get(i)));
    }
    lines.add("  default_backend none");
    lines.add("backend none");
    lines.add("  mode http");
    lines.add("  http-request deny deny_status 404");
    for (int i = 0; i < ways.size(); i++) {
      addBackend(lines, i, ways.get(i));
    }
    return String.join("\n", lines) + "\n";
  }

  /** Tells who asks which configuration answers, and whether the routes of a component are served. */
  private static String state(List<Way> ways, Digest config) {
    List<String> lines = new ArrayList<>();
    lines.add("frontend state");
    lines.add("  bind :" + STATE_PORT);
    lines.add("  mode http");
    lines.add("  http-request return status 200 if { path /config/" + config.hex() + " }");
    lines.add("  http-request return status 404 if { path_beg /config/ }");
    for (int i = 0; i < ways.size(); i++) {
      lines.add("  http-request return status 503 if { path "
          + path(ways.get(i).route().component()) + " } !{ srv_is_up(route-" + i + "/component) }");
    }
    lines.add("  http-request return status 200");
    return String.join("\n", lines) + "\n";
  }

  private static String path(ComponentKey component) {
    return "/component/" + Digest.of(component.value()).hex();
  }

  /** Makes the question whether the routes of {@code component}, if it has any, are served. */
  static Probes serving(ComponentKey component) {
    return asking(path(component));
  }

  /** Makes the question whether {@code config} is what answers. */
  static Probes answering(String config) {
    Matcher id = CONFIG_PATH.matcher(config);
    return asking(id.find() ? id.group() : "/config/");
  }

  private static Probes asking(String path) {
    return new Probes(List.of(new Probes.Ask(STATE_PORT, path, List.of(), 1)), 0, 0);
  }

  /** Tells whether {@code config} has a route to {@code component}. */
  static boolean leads(String config, ComponentKey component) {
    return config.contains(path(component));
  }

  private static String condition(Way way) {
    StringBuilder text = new StringBuilder("{ var(txn.host) ");
    text.append(way.isWild() ? "-m end -- " : "-m str -- ")
        .append(way.isWild() ? way.domain().substring(1) : way.domain())
        .append(" }");
    HttpRoute route = way.route();
    if (!route.location().isEmpty()) {
      text.append(" { path_beg -- ").append(quoted(route.location())).append(" }");
    }
    route
        .headers()
        .forEach((name, value) -> text.append(" { req.hdr(")
            .append(name)
            .append(") -m str -- ")
            .append(quoted(value))
            .append(" }"));
    route
        .cookies()
        .forEach((name, value) -> text.append(" { req.cook(")
            .append(name)
            .append(") -m str -- ")
            .append(quoted(value))
            .append(" }"));
    return text.toString();
  }

  private static void addBackend(List<String> lines, int number, Way way) {
    HttpRoute route = way.route();
    lines.add("backend route-" + number);
    lines.add("  mode http");
    // What is behind goes its own way: no idle connection is to hold an old worker there.
    lines.add("  option http-server-close");
    lines.add("  retry-on conn-failure empty-response");
    lines.add("  http-request disable-l7-retry unless METH_GET");
    if (route.connectionTimeoutSeconds() != null && route.connectionTimeoutSeconds() > 0) {
      lines.add("  timeout connect " + route.connectionTimeoutSeconds() + "s");
    }
    int server = serverTimeout(route);
    if (server > 0) {
      lines.add("  timeout server " + server + "s");
    }
    if (route.bodyLimitMb() != null && route.bodyLimitMb() > 0) {
      lines.add("  http-request deny deny_status 413 if { req.body_size gt "
          + ((long) route.bodyLimitMb() << 20) + " }");
    }
    route
        .proxyHeaders()
        .forEach((name, value) -> lines.add(
            "  http-request set-header " + name + " " + quoted(value.replace("%", "%%"))));
    lines.add("  server component " + way.server() + " resolvers engine init-addr libc,none");
  }

  /**
   * Returns for how many seconds a component may neither take nor send anything; 0 for the default.
   * There is one timeout for both, so it is the longer one.
   */
  private static int serverTimeout(HttpRoute route) {
    Integer request = route.requestTimeoutSeconds();
    Integer response = route.responseTimeoutSeconds();
    return response == null || response <= 0
        ? 0
        : Math.max(response, request == null ? 0 : request);
  }

  /** Returns what a route asks for that is not brought about, while the rest of it is. */
  static List<String> omissions(HttpRoute route) {
    List<String> omissions = new ArrayList<>();
    if (!route.loadBalancing().isEmpty() && !route.loadBalancing().equals("round-robin")) {
      omissions.add("its load balancing '" + route.loadBalancing() + "' is left out: requests go"
          + " round the instances");
    }
    Integer request = route.requestTimeoutSeconds();
    if (request != null && request > 0 && request != serverTimeout(route)) {
      omissions.add(
          "its request timeout of " + request + " s is left out: the proxy has one timeout"
              + " for what goes to and what comes from a component, "
              + (serverTimeout(route) == 0 ? "an hour" : serverTimeout(route) + " s"));
    }
    if (route.proxyBuffering()) {
      omissions.add("it does not buffer answers: the proxy hands on what comes");
    }
    if (route.proxyBuffers() != null || route.proxyBufferKb() != null) {
      omissions.add("its number and size of buffers are left out: the proxy has its own");
    }
    return omissions;
  }

  /** Quotes for HAProxy; what holds a quote itself was refused. */
  private static String quoted(String value) {
    return "'" + value + "'";
  }
}
