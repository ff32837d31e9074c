// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.internal.Check;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP rule that leads requests from outside to a port of a component.
 *
 * <p>Source: RAM {@code ingress_http_routes[]}.
 *
 * @param component the component, {@code component_key}
 * @param port its port
 * @param domain the domain name; empty where the site makes one
 * @param defaultDomain whether the site makes the domain, {@code default_domain}
 * @param location the path prefix; may be empty
 * @param headers request headers to match
 * @param cookies cookies to match
 * @param ssl whether HTTPS is asked for
 * @param loadBalancing {@code load_balancing}, such as {@code round-robin}
 * @param connectionTimeoutSeconds {@code connection_timeout}; null for the default
 * @param requestTimeoutSeconds {@code request_timeout}; null for the default
 * @param responseTimeoutSeconds {@code response_timeout}; null for the default
 * @param bodyLimitMb {@code request_body_size_limit}; null for the default
 * @param proxyBuffering whether answers are buffered, {@code proxy_buffer}
 * @param proxyBuffers {@code proxy_buffer_numbers}; null for the default
 * @param proxyBufferKb {@code proxy_buffer_size}; null for the default
 * @param webSocket RAM: {@literal websocket}
 * @param pathRewrite {@code path_rewrite}
 * @param rewrites rewrite rules, {@code rewrites}, as a JSON text; never evaluated; may be empty
 * @param proxyHeaders headers to set, {@code proxy_header}
 */
public record HttpRoute(
    ComponentKey component,
    int port,
    String domain,
    boolean defaultDomain,
    String location,
    SortedMap<String, String> headers,
    SortedMap<String, String> cookies,
    boolean ssl,
    String loadBalancing,
    @Nullable Integer connectionTimeoutSeconds,
    @Nullable Integer requestTimeoutSeconds,
    @Nullable Integer responseTimeoutSeconds,
    @Nullable Integer bodyLimitMb,
    boolean proxyBuffering,
    @Nullable Integer proxyBuffers,
    @Nullable Integer proxyBufferKb,
    boolean webSocket,
    boolean pathRewrite,
    String rewrites,
    SortedMap<String, String> proxyHeaders)
    implements Keyed.Item {

  /** Checks that nothing is missing and copies the maps. */
  public HttpRoute {
    requireNonNull(component, "component");
    requireNonNull(domain, "domain");
    requireNonNull(location, "location");
    headers = Check.sorted(headers, "headers");
    cookies = Check.sorted(cookies, "cookies");
    requireNonNull(loadBalancing, "loadBalancing");
    requireNonNull(rewrites, "rewrites");
    proxyHeaders = Check.sorted(proxyHeaders, "proxyHeaders");
  }

  /** Returns what the rule matches: component, port, domain, location, headers and cookies. */
  @Override
  public String key() {
    return component.value() + ":" + port
        + (domain.isEmpty() ? "" : "@" + domain)
        + (location.isEmpty() || location.startsWith("/") ? "" : " ")
        + location
        + (headers.isEmpty() ? "" : headers)
        + (cookies.isEmpty() ? "" : ";" + cookies);
  }
}
