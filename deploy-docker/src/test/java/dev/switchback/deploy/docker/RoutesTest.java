// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.Setting;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.KubernetesResource;
import dev.switchback.model.spec.Workload;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** HTTP routes of an app: who is led where, while routes and what is behind them change. */
@NeedsEngine
final class RoutesTest extends OnEngine {

  private static final String MADE = "8080.web.t-routestest.localhost";

  private final Component web = Images.web("web", one);
  private final Component api = Images.web("api", two);

  private static HttpRoute route(String component, String domain, String path, String colour) {
    return route(component, domain, path, colour, false);
  }

  private static HttpRoute route(
      String component, String domain, String path, String colour, boolean ssl) {
    return new HttpRoute(
        new ComponentKey(component),
        8080,
        domain,
        domain.isEmpty(),
        path,
        new TreeMap<>(colour.isEmpty() ? Map.of() : Map.of("X-Colour", colour)),
        new TreeMap<>(),
        ssl,
        "round-robin",
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        "",
        new TreeMap<>());
  }

  private AppSpec spec(HttpRoute... routes) {
    return AppSpec.builder()
        .components(Keyed.of(web, api))
        .httpRoutes(Keyed.of(routes))
        .build();
  }

  private void share(AppSpec spec) {
    backend.applyShared(nextStep(), new AppTarget(app, 1, spec));
  }

  private void bringUp(AppSpec spec, String component) {
    ComponentKey key = new ComponentKey(component);
    backend.apply(
        nextStep(), new ComponentTarget(new AppTarget(app, 1, spec), key, StepAction.CREATE));
    await(key, seen -> seen.health() == Health.READY);
  }

  private String ask(String host, String path, String headers) throws IOException {
    URI gateway = URI.create("http://" + backend.routes(app).orElseThrow());
    try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
      socket.setSoTimeout(10_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers
          + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      if (answer.isEmpty()) {
        throw new IOException("no answer");
      }
      String status = answer.substring(9, 12);
      return status.equals("200") ? answer.substring(answer.indexOf("\r\n\r\n")).strip() : status;
    }
  }

  /** A new worker has the routes a moment after it was told, and looks for names each second. */
  private void awaitAnswer(String expected, String host) {
    awaitAnswer(expected, host, "/");
  }

  private void awaitAnswer(String expected, String host, String path) {
    String answer = askEarly(host, path);
    for (int i = 0; i < 600 && !answer.equals(expected); i++) {
      LockSupport.parkNanos(20_000_000);
      answer = askEarly(host, path);
    }
    assertThat(answer).isEqualTo(expected);
  }

  /** Asks a gateway that may not listen yet: the port of the host is open before it does. */
  private String askEarly(String host, String path) {
    try {
      return ask(host, path, "");
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void request_byDomainPathAndHeader_isLedToItsComponent() throws Exception {
    AppSpec spec = spec(
        route("web", "", "/", ""),
        route("web", "shop.example", "", ""),
        route("api", "shop.example", "/index", ""),
        route("api", "*.example", "", "green"));
    share(spec);
    bringUp(spec, "web");
    bringUp(spec, "api");
    awaitAnswer("1", MADE);
    awaitAnswer("1", "shop.example:80");
    awaitAnswer("2", "shop.example", "/index.html");

    assertThat(ask("SHOP.example", "/index.html", "")).isEqualTo("2");
    assertThat(ask("other.example", "/", "X-Colour: green\r\n")).isEqualTo("2");
    assertThat(ask("other.example", "/", "X-Colour: red\r\n")).isEqualTo("404");
    assertThat(ask("elsewhere", "/", "")).isEqualTo("404");
  }

  @Test
  void clients_whileRoutesAndVersionsChange_areAllAnswered() throws Exception {
    AppSpec spec = spec(route("web", "", "/", ""));
    share(spec);
    bringUp(spec, "web");
    awaitAnswer("1", MADE);
    String address = backend.routes(app).orElseThrow();

    try (Traffic load =
        new Traffic().keepingFor(MADE, address).keepingFor(MADE, address).start()) {
      AppSpec next = spec.toBuilder()
          .components(spec.components().with(web.toBuilder().image(two).build()))
          .httpRoutes(spec.httpRoutes().with(route("api", "api.example", "", "")))
          .build();
      share(next);
      bringUp(next, "api");
      bringUp(next, "web");
      awaitAnswer("2", "api.example");
      share(spec);
      bringUp(spec, "web");

      assertThat(load.failures()).isEmpty();
      assertThat(load.answers()).containsExactlyInAnyOrder("1", "2");
    }
    awaitAnswer("404", "api.example");
    assertThat(backend.routes(app)).contains(address);
  }

  @Test
  void gateway_whenNoRouteIsLeft_goes() {
    AppSpec spec = spec(route("web", "", "/", ""));
    share(spec);
    share(spec);
    assertThat(backend.routes(app)).isPresent();

    share(AppSpec.empty());

    assertThat(backend.routes(app)).isEmpty();
    assertThat(engine.networks().find(Names.network(app))).isEmpty();
  }

  @Test
  void whatAnEngineCannotDo_isRefusedWithAllReasons() {
    AppSpec spec = spec(route("web", "", "/", "", true), route("api", "it's", "/'", "")).toBuilder()
        .kubernetesResources(
            Keyed.of(new KubernetesResource("ConfigMap", "c", Setting.plain("kind: ConfigMap"))))
        .build();

    assertThatThrownBy(() -> share(spec))
        .isInstanceOfSatisfying(
            DeploymentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
        .hasMessageContainingAll("HTTPS", "no domain name", "quote", "ConfigMap");
    assertThat(engine.gateway(app)).isEmpty();

    Component nightly = web.toBuilder().workload(new Workload("cronjob")).build();
    AppSpec more = spec.toBuilder().components(Keyed.of(nightly, api)).build();
    assertThat(backend.check(new AppTarget(app, 1, more)))
        .extracting(Obstacle::code)
        .containsExactly(
            "docker-component",
            "docker-kubernetes-resource",
            "docker-http-route",
            "docker-http-route",
            "docker-http-route");
  }
}
