// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.diff.Change;
import dev.switchback.diff.Diff;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Volume;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;
import dev.switchback.storage.TemplateSummary;
import java.nio.charset.StandardCharsets;

/** Documents about versions, components and diffs; secrets are masked. */
final class SpecJson {

  private SpecJson() {}

  /** Starts a document with the two halves of a reference. */
  static ObjectNode ref(VersionRef ref) {
    return Json.object()
        .put("template", ref.template().value())
        .put("version", ref.version().text());
  }

  static ObjectNode summary(TemplateSummary summary) {
    ObjectNode node = ref(summary.ref())
        .put("name", summary.name())
        .put("alias", summary.alias())
        .put("notes", summary.notes())
        .put("stage", Text.word(summary.stage()))
        .put("digest", summary.specDigest().toString());
    node.set("upgradeRules", rules(summary.upgradeRules()));
    return node;
  }

  private static ObjectNode rules(UpgradeRules rules) {
    ObjectNode node = Json.object();
    node.set("allowedFrom", Json.texts(rules.allowedFrom()));
    node.put("requiredStop", rules.requiredStop());
    node.put("downgradeAllowed", rules.downgradeAllowed());
    return node;
  }

  /** Says what is in a version: its summary, the counts, and each component. */
  static ObjectNode version(TemplateVersion version) {
    ObjectNode node = summary(TemplateSummary.of(version));
    node.put("ramDigest", Json.text(version.ramDigest()));
    spec(node, version.spec());
    return node;
  }

  static void spec(ObjectNode node, AppSpec spec) {
    node.put("governanceMode", spec.governanceMode());
    node.set("components", Json.list(spec.components().asList(), SpecJson::component));
    node.putObject("counts")
        .put("components", spec.components().size())
        .put("plugins", spec.plugins().size())
        .put("configGroups", spec.configGroups().size())
        .put("httpRoutes", spec.httpRoutes().size())
        .put("streamRoutes", spec.streamRoutes().size())
        .put("kubernetesResources", spec.kubernetesResources().size());
    ObjectNode groups = node.putObject("configItems");
    spec.configItems().forEach(item -> groups.put(item.key(), item.value().toString()));
  }

  static ObjectNode component(Component component) {
    Image image = component.image();
    ObjectNode node = Json.object()
        .put("key", component.key())
        .put("name", component.name())
        .put("alias", component.alias())
        .put("image", image.reference())
        .put("imageDigest", Json.text(image.digest()))
        .put("buildVersion", image.buildVersion())
        .put("command", Text.masked(component.command()))
        .put("workload", component.workload().code())
        .put("replicas", component.scaling().minReplicas())
        .put("memoryMb", component.memoryMb())
        .put("cpuMillis", component.cpuMillis());
    node.set("env", settings(component.env()));
    node.set("connections", settings(component.connections()));
    node.set("ports", Json.list(component.ports().asList(), SpecJson::port));
    node.set("volumes", Json.list(component.volumes().asList(), SpecJson::volume));
    node.set("configFiles", Json.list(component.configFiles().asList(), SpecJson::configFile));
    node.set(
        "dependencies",
        Json.texts(component.dependencies().stream().map(d -> d.provider()).toList()));
    node.set("probes", Json.texts(component.probes().stream().map(p -> p.mode()).toList()));
    ObjectNode labels = node.putObject("labels");
    component
        .labels()
        .forEach(label ->
            labels.put(label.name(), Setting.named(label.name(), label.value()).toString()));
    return node;
  }

  private static ObjectNode settings(Keyed<EnvVar> variables) {
    ObjectNode node = Json.object();
    variables.forEach(variable -> node.put(variable.name(), variable.value().toString()));
    return node;
  }

  private static ObjectNode port(Port port) {
    return Json.object()
        .put("number", port.number())
        .put("protocol", port.protocol())
        .put("alias", port.alias())
        .put("inner", port.inner())
        .put("outer", port.outer());
  }

  private static ObjectNode volume(Volume volume) {
    return Json.object()
        .put("path", volume.path())
        .put("name", volume.name())
        .put("type", volume.type())
        .put("capacityGb", volume.capacityGb());
  }

  /** Leaves the content out: people write passwords into such files. */
  private static ObjectNode configFile(ConfigFile file) {
    Setting content = file.content();
    byte[] bytes = content.reveal().getBytes(StandardCharsets.UTF_8);
    return Json.object()
        .put("path", file.path())
        .put("name", file.name())
        .put("bytes", bytes.length)
        .put("digest", content.isSecret() ? null : Digest.of(bytes).toString());
  }

  static ObjectNode change(Change change) {
    ObjectNode node = Json.object()
        .put("type", Text.word(change.type()))
        .put("property", change.property().code())
        .put("component", Json.text(change.component().map(ComponentKey::value)))
        .put("item", change.item())
        .put("before", change.before())
        .put("after", change.after());
    node.set("fields", Json.list(change.fields(), Json::fieldChange));
    node.set("content", Json.list(change.content(), Json::contentItem));
    return node;
  }

  static ObjectNode diff(String from, String to, Diff diff) {
    ObjectNode node = Json.object().put("from", from).put("to", to).put("empty", diff.isEmpty());
    node.set("changes", Json.list(diff.changes(), SpecJson::change));
    return node;
  }
}
