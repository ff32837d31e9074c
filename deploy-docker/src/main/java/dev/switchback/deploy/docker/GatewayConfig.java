// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.model.AppId;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.HttpRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the configuration of HAProxy for the HTTP routes of an app: each leads to its component under
 * the name that stays the same, whatever instances are behind it.
 */
final class GatewayConfig {

  /** The port inside the container. */
  static final String PORT = "8080";

  private static final Pattern DOMAIN = Pattern.compile("(\\*\\.)?[A-Za-z0-9._-]+");
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
    if (route.responseTimeoutSeconds() != null && route.responseTimeoutSeconds() > 0) {
      lines.add("  timeout server " + route.responseTimeoutSeconds() + "s");
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

  /** Quotes for HAProxy; what holds a quote itself was refused. */
  private static String quoted(String value) {
    return "'" + value + "'";
  }
}
