// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.json.internal.JsonPath;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.KubernetesResource;
import dev.switchback.model.spec.StreamRoute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a document contains, without its head. {@link AppWriter} is its counterpart. */
final class AppReader {

  private static final int MOST_COMPONENTS = 100_000;

  private final Fields document;
  private final Identities identities;

  private AppReader(Fields document, Identities identities) {
    this.document = document;
    this.identities = identities;
  }

  /** Reads the content; problems are left in the reading. */
  static AppSpec read(Fields document) {
    checkHasContent(document);
    return new AppReader(document, Identities.read(document)).read();
  }

  private static void checkHasContent(Fields document) {
    Findings findings = document.reading().findings;
    int components = document.list("apps").size();
    boolean noResources = document.list("k8s_resources").isEmpty();
    if (!document.has("apps") && noResources) {
      findings.problem(
          "no-content",
          Place.ROOT,
          "it has neither 'apps' nor 'k8s_resources', so it is no template",
          "check that this is the metadata.json of a RAM package");
      findings.refuseIfAny();
    }
    if (components > MOST_COMPONENTS) {
      findings.problem(
          "too-many-components",
          Place.ROOT.key("apps"),
          "there are " + components + " components, at most " + MOST_COMPONENTS + " are allowed",
          "split the template");
      findings.refuseIfAny();
    }
    if (components == 0 && noResources) {
      findings.warning(
          "empty-template",
          Place.ROOT.key("apps"),
          "the template has no components and no Kubernetes resources",
          "");
    }
  }

  private AppSpec read() {
    AppSpec.Builder spec = AppSpec.builder()
        .governanceMode(document.text("governance_mode"))
        .components(components())
        .plugins(PluginReader.read(document))
        .httpRoutes(httpRoutes())
        .streamRoutes(streamRoutes())
        .kubernetesResources(kubernetesResources())
        .extras(Known.extras(document, Known.DOCUMENT));
    new ConfigGroupReader(document, identities).read(spec);
    return spec.build();
  }

  private Keyed<Component> components() {
    ComponentReader reader = new ComponentReader(identities, PluginReader.keysById(document));
    List<JsonNode> entries = document.list("apps");
    List<Component> components = new ArrayList<>(entries.size());
    List<@Nullable String> keys = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Fields app = document.entry("apps", i, entries.get(i));
      ComponentKey key = identities.keyOf(i);
      keys.add(app == null || key == null ? null : key.value());
      if (app != null) {
        // Also without a key, for its problems; then there is a problem, and nothing is kept.
        Component component =
            reader.read(app, key == null ? new ComponentKey("component-" + (i + 1)) : key);
        if (key != null) {
          components.add(component);
        }
      }
    }
    if (!entries.isEmpty()) {
      document.reading().remember(document.node().get("apps"), keys);
    }
    return Keyed.copyOf(components);
  }

  private Keyed<HttpRoute> httpRoutes() {
    return ItemList.read(document, "ingress_http_routes", route -> {
      ComponentKey component = member(route, "component_key");
      if (component == null) {
        return null;
      }
      String domain = route.firstText("domain_name", "domain");
      return new HttpRoute(
          component,
          route.number("port", 0),
          domain,
          route.flag("default_domain", domain.isEmpty()),
          route.text("location"),
          route.textMap("headers"),
          route.textMap("cookies"),
          route.flag("ssl", false),
          route.text("load_balancing"),
          route.numberOrNull("connection_timeout"),
          route.numberOrNull("request_timeout"),
          route.numberOrNull("response_timeout"),
          route.numberOrNull("request_body_size_limit"),
          route.flag("proxy_buffer", false),
          route.numberOrNull("proxy_buffer_numbers"),
          route.numberOrNull("proxy_buffer_size"),
          route.flag("websocket", false),
          route.flag("path_rewrite", false),
          route.textOrJson("rewrites"),
          route.textMap("proxy_header"));
    });
  }

  private Keyed<StreamRoute> streamRoutes() {
    return ItemList.read(document, "ingress_stream_routes", route -> {
      ComponentKey component = member(route, "component_key");
      return component == null
          ? null
          : new StreamRoute(
              component,
              route.number("port", 0),
              route.text("protocol", "tcp"),
              route.text("address"),
              route.numberOrNull("connection_timeout"));
    });
  }

  private @Nullable ComponentKey member(Fields route, String name) {
    String text = route.text(name);
    if (text.isBlank()) {
      ItemList.leaveOut(route, name);
      return null;
    }
    return member(text, route.place().key(name), route.reading(), identities);
  }

  /** Finds a component that a route or config group names. */
  static @Nullable ComponentKey member(
      String text, Place place, Reading reading, Identities identities) {
    ComponentKey member = identities.member(text);
    if (member != null) {
      return member;
    }
    reading.findings.warning(
        "unknown-component", place, "no component is '" + JsonPath.shorten(text) + "'", "");
    return Identities.componentKey(text, place, reading);
  }

  private Keyed<KubernetesResource> kubernetesResources() {
    return ItemList.read(document, "k8s_resources", resource -> {
      String kind = resource.text("kind");
      String name = resource.text("name");
      if (kind.isEmpty() && name.isEmpty()) {
        ItemList.leaveOut(resource, "kind", "name");
        return null;
      }
      String content = resource.textOrJson("content");
      return new KubernetesResource(
          kind, name, resource.setting("content", Settings.manifest(kind, name, content)));
    });
  }
}
