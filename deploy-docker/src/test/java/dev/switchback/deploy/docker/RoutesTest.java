// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.core.Switchback;
import dev.switchback.deploy.AppTarget;
import dev.switchback.deploy.ComponentTarget;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.deploy.Observation;
import dev.switchback.deploy.Observation.Finding;
import dev.switchback.deploy.Observation.Health;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.KubernetesResource;
import dev.switchback.model.spec.Plugin;
import dev.switchback.model.spec.RegistryAccess;
import dev.switchback.model.spec.StreamRoute;
import dev.switchback.model.spec.Workload;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.Warning;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        false,
        null,
        null,
        false,
        false,
        "",
        new TreeMap<>());
  }

  private static HttpRoute balanced(String balancing, Integer request, @Nullable Integer response) {
    return balanced(balancing, request, response, false);
  }

  private static HttpRoute balanced(
      String balancing, Integer request, @Nullable Integer response, boolean buffered) {
    return new HttpRoute(
        WEB,
        8080,
        "shop.example",
        false,
        "/",
        new TreeMap<>(),
        new TreeMap<>(),
        false,
        balancing,
        null,
        request,
        response,
        null,
        buffered,
        null,
        null,
        false,
        false,
        "",
        new TreeMap<>());
  }

  private static Plugin plugin(String name) {
    return new Plugin(
        name,
        "",
        "",
        "",
        Image.of("example/plugin:1"),
        "",
        "",
        "",
        RegistryAccess.none(),
        0,
        0,
        Keyed.empty(),
        Keyed.empty());
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

    assertThat(ask(MADE, "/", "")).isEqualTo("1");
    assertThat(ask("shop.example:80", "/", "")).isEqualTo("1");
    assertThat(ask("shop.example", "/index.html", "")).isEqualTo("2");
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
    assertThat(ask(MADE, "/", "")).isEqualTo("1");
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
      assertThat(ask("api.example", "/", "")).isEqualTo("2");
      share(spec);
      bringUp(spec, "web");

      assertThat(load.failures()).isEmpty();
      assertThat(load.answers()).containsExactlyInAnyOrder("1", "2");
    }
    assertThat(ask("api.example", "/", "")).isEqualTo("404");
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

  @Test
  void plan_ofWhatIsLeftOut_warnsOfAllOfIt(@TempDir Path directory) {
    AppSpec first = spec(balanced("round-robin", 60, 60)).toBuilder()
        .streamRoutes(Keyed.of(new StreamRoute(WEB, 8080, "tcp", "127.0.0.1:29001", null)))
        .build();
    AppSpec next = spec(balanced("cookie-session-affinity", 30, null)).toBuilder()
        .streamRoutes(Keyed.of(new StreamRoute(WEB, 8080, "tcp", "127.0.0.1:29002", 30)))
        .plugins(Keyed.of(plugin("perf")))
        .build();
    try (Switchback site = Shop.site(directory, backend)) {
      VersionRef installed = Shop.publish(site, "1.0", first);
      assertThat(site.apps().plan(app, new InstallRequest(installed)).warnings())
          .extracting(Warning::code)
          .noneMatch(code -> code.startsWith("docker-"));

      Plan plan = site.apps().plan(app, new InstallRequest(Shop.publish(site, "2.0", next)));

      assertThat(plan.isExecutable()).isTrue();
      assertThat(plan.warnings())
          .extracting(Warning::message)
          .anyMatch(text -> text.contains("cookie-session-affinity"))
          .anyMatch(text -> text.contains("request timeout of 30 s"))
          .anyMatch(text -> text.contains("connection timeout of 30 s"))
          .anyMatch(text -> text.contains("no plugins"));
    }
    assertThat(backend.leftOut(new AppTarget(app, 1, first), new AppTarget(app, 2, next)))
        .extracting(Obstacle::code)
        .containsExactly(
            "docker-plugin",
            "docker-http-route",
            "docker-http-route",
            "docker-stream-route",
            "docker-stream-route");
    assertThat(backend.leftOut(new AppTarget(app, 1, first), new AppTarget(app, 2, spec())))
        .extracting(Obstacle::place)
        .containsExactly("TCP or UDP route web:8080");
    AppSpec moved = next.toBuilder()
        .components(Keyed.of(web.toBuilder().image(two).build(), api))
        .build();
    assertThat(backend.leftOut(new AppTarget(app, 1, first), new AppTarget(app, 2, moved)))
        .extracting(Obstacle::message)
        .noneMatch(text -> text.contains("takes effect when"))
        .anyMatch(text -> text.contains("connection timeout of 30 s"));
  }

  @Test
  void timeoutOfAComponent_isTheLongerOne() {
    String config = GatewayConfig.write(
        app, spec(balanced("round-robin", 70, 60)), "localhost", Duration.ofSeconds(1));

    assertThat(config).contains("timeout server 70s");
    assertThat(GatewayConfig.omissions(balanced("round-robin", 70, 60))).isEmpty();
    assertThat(GatewayConfig.omissions(balanced("round-robin", 50, 60))).hasSize(1);
    assertThat(GatewayConfig.omissions(balanced("round-robin", 70, 60, true))).hasSize(1);
  }

  @Test
  void componentWithARoute_whoseGatewayIsGoneOrDown_isNotReady() {
    AppSpec spec = spec(route("web", "", "/", ""));
    share(spec);
    bringUp(spec, "web");
    bringUp(spec, "api");

    engine.stop(engine.gateway(app).orElseThrow(), Duration.ZERO);

    Observation seen = observe(WEB);
    assertThat(seen.health()).isEqualTo(Health.DEGRADED);
    assertThat(seen.findings()).extracting(Finding::reason).contains("route-missing");
    assertThat(observe(new ComponentKey("api")).health()).isEqualTo(Health.READY);
    share(spec);
    assertThat(observe(WEB).health()).isEqualTo(Health.READY);
  }
}
