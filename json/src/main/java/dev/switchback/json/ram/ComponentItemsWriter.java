// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Label;
import dev.switchback.model.spec.PluginSetting;
import dev.switchback.model.spec.PluginUse;
import dev.switchback.model.spec.Probe;
import dev.switchback.model.spec.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the lists of one component as {@link ComponentItems} reads them. */
final class ComponentItemsWriter {

  private final Trees trees;
  private final Function<ComponentKey, String> providerText;

  ComponentItemsWriter(Trees trees, Function<ComponentKey, String> providerText) {
    this.trees = trees;
    this.providerText = providerText;
  }

  void write(ObjectNode app, Component component) {
    app.set("service_env_map_list", trees.list(component.env(), env -> env(env, false)));
    app.set(
        "service_connect_info_map_list",
        trees.list(component.connections(), env -> env(env, true)));
    app.set("port_map_list", trees.list(component.ports(), port -> {
      ObjectNode entry = Trees.object();
      entry.put("container_port", port.number());
      entry.put("protocol", port.protocol());
      entry.put("port_alias", port.alias());
      entry.put("is_inner_service", port.inner());
      entry.put("is_outer_service", port.outer());
      entry.put("k8s_service_name", port.kubernetesName());
      entry.put("name", port.name());
      return entry;
    }));
    app.set("service_volume_map_list", volumes(component));
    app.set("probes", trees.list(component.probes(), ComponentItemsWriter::probe));
    app.set(
        "dep_service_map_list",
        trees.list(
            component.dependencies(),
            dependency ->
                Trees.object().put("dep_service_key", providerText.apply(dependency.provider()))));
    app.set(
        "mnt_relation_list",
        trees.list(
            component.mounts(),
            mount -> Trees.object()
                .put("service_share_uuid", providerText.apply(mount.provider()))
                .put("mnt_name", mount.volumeName())
                .put("mnt_dir", mount.path())));
    app.set("service_related_plugin_config", trees.list(component.plugins(), this::pluginUse));
    app.set(
        "component_monitors",
        trees.list(
            component.monitors(),
            monitor -> Trees.object()
                .put("name", monitor.name())
                .put("service_show_name", monitor.showName())
                .put("path", monitor.path())
                .put("port", monitor.port())
                .put("interval", monitor.interval())));
    app.set(
        "component_graphs",
        trees.list(
            component.graphs(),
            graph -> Trees.object()
                .put("title", graph.title())
                .put("promql", graph.query())
                .put("sequence", graph.sequence())));
    app.set("labels", labels(component.labels()));
    app.set("component_k8s_attributes", trees.list(component.kubernetesAttributes(), attribute -> {
      ObjectNode entry = Trees.object();
      entry.put("name", attribute.name());
      entry.put("save_type", attribute.format());
      Setting value = attribute.value();
      trees.setting(
          entry, "attribute_value", value, Settings.named(attribute.name(), value.reveal()));
      return entry;
    }));
  }

  private JsonNode env(EnvVar env, boolean withPort) {
    ObjectNode entry = Trees.object();
    entry.put("name", env.label());
    entry.put("attr_name", env.name());
    Setting value = env.value();
    trees.setting(entry, "attr_value", value, Settings.named(env.name(), value.reveal()));
    entry.put("is_change", env.changeable());
    if (withPort || env.port() != 0) {
      entry.put("container_port", env.port());
    }
    return entry;
  }

  private ArrayNode volumes(Component component) {
    ArrayNode list = trees.list(component.volumes(), ComponentItemsWriter::volume);
    List<@Nullable String> keys = new ArrayList<>();
    component.volumes().forEach(volume -> keys.add(volume.path()));
    for (ConfigFile file : component.configFiles()) {
      list.add(configFile(file));
      keys.add(ComponentItems.CONFIG_FILE + file.path());
    }
    trees.remember(list, keys);
    return list;
  }

  private static JsonNode volume(Volume volume) {
    ObjectNode entry = Trees.object();
    entry.put("volume_path", volume.path());
    entry.put("volume_name", volume.name());
    entry.put("volume_type", volume.type());
    entry.put("volume_capacity", volume.capacityGb());
    entry.put("access_mode", volume.accessMode());
    entry.put("share_policy", volume.sharePolicy());
    entry.put("backup_policy", volume.backupPolicy());
    entry.put("volume_provider_name", volume.provider());
    entry.put("category", volume.category());
    entry.put("file_content", "");
    Trees.number(entry, "mode", volume.mode());
    return entry;
  }

  private JsonNode configFile(ConfigFile file) {
    ObjectNode entry = Trees.object();
    entry.put("volume_path", file.path());
    entry.put("volume_name", file.name());
    entry.put("volume_type", ComponentItems.CONFIG_FILE);
    Setting content = file.content();
    trees.setting(entry, "file_content", content, Settings.named(file.path(), content.reveal()));
    Trees.number(entry, "mode", file.mode());
    return entry;
  }

  private static JsonNode probe(Probe probe) {
    ObjectNode entry = Trees.object();
    entry.put("mode", probe.mode());
    entry.put("scheme", probe.scheme());
    entry.put("path", probe.path());
    entry.put("port", probe.port());
    entry.put("cmd", probe.command());
    entry.put("http_header", probe.httpHeader());
    entry.put("initial_delay_second", probe.initialDelaySeconds());
    entry.put("period_second", probe.periodSeconds());
    entry.put("timeout_second", probe.timeoutSeconds());
    entry.put("failure_threshold", probe.failureThreshold());
    entry.put("success_threshold", probe.successThreshold());
    entry.put("is_used", probe.used());
    return entry;
  }

  private JsonNode pluginUse(PluginUse use) {
    ObjectNode entry = Trees.object();
    entry.put("plugin_key", use.plugin());
    entry.put("plugin_id", use.plugin());
    entry.put("build_version", use.buildVersion());
    entry.put("plugin_status", use.enabled());
    entry.put("min_memory", use.memoryMb());
    entry.put("min_cpu", use.cpuMillis());
    entry.set("attr", trees.list(use.settings(), this::pluginSetting));
    return entry;
  }

  private JsonNode pluginSetting(PluginSetting setting) {
    ObjectNode entry = Trees.object();
    entry.put("service_meta_type", setting.kind());
    entry.put("injection", setting.injection());
    entry.put("container_port", setting.port());
    entry.put("protocol", setting.protocol());
    entry.put("dest_service_alias", setting.destination());
    trees.named(entry, "attrs", setting.values());
    return entry;
  }

  private static ObjectNode labels(Keyed<Label> labels) {
    ObjectNode map = Trees.object();
    labels.forEach(label -> map.put(label.name(), label.value()));
    return map;
  }
}
