// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.Digest;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.app.StepId;
import dev.switchback.model.spec.Component;
import dev.switchback.testkit.simulation.SimulatedState;
import dev.switchback.testkit.simulation.SimulatedState.SimulatedApp;
import dev.switchback.testkit.simulation.SimulatedState.SimulatedComponent;
import dev.switchback.testkit.simulation.SimulatedState.SimulatedVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the state of the simulated site as JSON and reads it back. Components and what they share
 * are written in the formats of {@link JsonFormats}, secrets included.
 */
final class SiteJson {

  private static final String FORMAT = "switchback.simulated-site/1";
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private SiteJson() {}

  static byte[] write(SimulatedState state) throws IOException {
    ObjectNode site = Json.object().put("format", FORMAT);
    ArrayNode apps = site.putArray("apps");
    for (SimulatedApp app : state.apps()) {
      apps.add(app(app));
    }
    site.set("artifacts", Json.texts(state.artifacts()));
    return MAPPER.writeValueAsBytes(site);
  }

  private static ObjectNode app(SimulatedApp app) throws IOException {
    ObjectNode node = Json.object().put("app", app.app().value());
    node.set("shared", tree(JsonFormats.appSpec(), app.shared()));
    ArrayNode components = node.putArray("components");
    for (SimulatedComponent component : app.components()) {
      components.add(component(component));
    }
    node.set(
        "volumes",
        Json.list(
            app.volumes(),
            volume -> Json.object()
                .put("component", volume.component())
                .put("path", volume.path())
                .put("content", volume.content())));
    node.set("steps", Json.texts(app.steps().stream().map(StepId::value).toList()));
    return node;
  }

  private static ObjectNode component(SimulatedComponent component) throws IOException {
    ObjectNode node = Json.object()
        .put("generation", component.generation())
        .put("step", component.step().value())
        .put("replicas", component.replicas())
        .put("ticksLeft", component.ticksLeft());
    node.set("wanted", tree(JsonFormats.component(), component.wanted()));
    // Once a roll is done the two are the same, which is nearly always.
    boolean done = component.wanted().equals(component.serving());
    node.put("servesWanted", done);
    Component serving = component.serving();
    if (!done && serving != null) {
      node.set("serving", tree(JsonFormats.component(), serving));
    }
    return node;
  }

  private static <T> JsonNode tree(JsonFormat<T> format, T value) throws IOException {
    return MAPPER.readTree(format.write(value));
  }

  /**
   * Reads the state of a site.
   *
   * @throws IOException if it is not what {@link #write} makes
   */
  static SimulatedState read(byte[] bytes, Path file) throws IOException {
    try {
      JsonNode site = MAPPER.readTree(bytes);
      if (!site.path("format").asText().equals(FORMAT)) {
        throw new IllegalArgumentException("its format is not " + FORMAT);
      }
      List<SimulatedApp> apps = new ArrayList<>();
      for (JsonNode app : site.required("apps")) {
        apps.add(app(app));
      }
      List<Digest> artifacts = new ArrayList<>();
      site.required("artifacts").forEach(digest -> artifacts.add(Digest.parse(digest.asText())));
      return new SimulatedState(apps, artifacts);
    } catch (IOException | IllegalArgumentException | SwitchbackException e) {
      throw new IOException(
          file.getFileName() + " is damaged; move it away to start with an empty site (" + e + ")",
          e);
    }
  }

  private static SimulatedApp app(JsonNode node) throws IOException {
    List<SimulatedComponent> components = new ArrayList<>();
    for (JsonNode component : node.required("components")) {
      components.add(component(component));
    }
    List<SimulatedVolume> volumes = new ArrayList<>();
    for (JsonNode volume : node.required("volumes")) {
      volumes.add(new SimulatedVolume(
          volume.required("component").asText(),
          volume.required("path").asText(),
          volume.required("content").asText()));
    }
    List<StepId> steps = new ArrayList<>();
    node.required("steps").forEach(step -> steps.add(new StepId(step.asText())));
    return new SimulatedApp(
        new AppId(node.required("app").asText()),
        read(JsonFormats.appSpec(), node.required("shared")),
        components,
        volumes,
        steps);
  }

  private static SimulatedComponent component(JsonNode node) throws IOException {
    Component wanted = read(JsonFormats.component(), node.required("wanted"));
    return new SimulatedComponent(
        wanted,
        serving(node, wanted),
        node.required("generation").asLong(),
        new StepId(node.required("step").asText()),
        node.required("replicas").asInt(),
        node.required("ticksLeft").asInt());
  }

  private static @Nullable Component serving(JsonNode node, Component wanted) throws IOException {
    if (node.required("servesWanted").asBoolean()) {
      return wanted;
    }
    JsonNode serving = node.get("serving");
    return serving == null ? null : read(JsonFormats.component(), serving);
  }

  private static <T> T read(JsonFormat<T> format, JsonNode node) throws IOException {
    return format.read(MAPPER.writeValueAsBytes(node));
  }
}
