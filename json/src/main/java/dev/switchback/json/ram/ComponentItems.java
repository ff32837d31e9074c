// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.json.internal.JsonPath;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Graph;
import dev.switchback.model.spec.KubernetesAttribute;
import dev.switchback.model.spec.Label;
import dev.switchback.model.spec.Monitor;
import dev.switchback.model.spec.Mount;
import dev.switchback.model.spec.PluginSetting;
import dev.switchback.model.spec.PluginUse;
import dev.switchback.model.spec.Port;
import dev.switchback.model.spec.Probe;
import dev.switchback.model.spec.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lists of one component. {@link ComponentItemsWriter} is its counterpart. */
final class ComponentItems {

  static final String CONFIG_FILE = "config-file";

  private final Fields app;

  ComponentItems(Fields app) {
    this.app = app;
  }

  Keyed<EnvVar> env(String list) {
    return ItemList.read(app, list, env -> {
      String name = env.text("attr_name");
      if (name.isEmpty()) {
        ItemList.leaveOut(env, "attr_name");
        return null;
      }
      Setting natural = Settings.named(name, env.text("attr_value"));
      return new EnvVar(
          name,
          env.setting("attr_value", natural),
          env.text("name"),
          env.flag("is_change", true),
          env.number("container_port", 0));
    });
  }

  Keyed<Port> ports() {
    return ItemList.read(app, "port_map_list", port -> {
      Integer number = port.numberOrNull("container_port");
      if (number == null) {
        ItemList.leaveOut(port, "container_port");
        return null;
      }
      if (number < 1 || number > 65_535) {
        port.reading()
            .findings
            .problem(
                "invalid-value",
                port.place().key("container_port"),
                "the port " + number + " is not between 1 and 65535",
                "");
        return null;
      }
      return new Port(
          number,
          port.text("protocol", "tcp").toLowerCase(Locale.ROOT),
          port.text("port_alias"),
          port.flag("is_inner_service", false),
          port.flag("is_outer_service", false),
          port.text("k8s_service_name"),
          port.text("name"));
    });
  }

  /** Reads the one list that holds volumes and config files. */
  void readVolumes(Component.Builder component) {
    String list = "service_volume_map_list";
    List<JsonNode> entries = app.list(list);
    if (entries.isEmpty()) {
      return;
    }
    List<Volume> volumes = new ArrayList<>();
    List<ConfigFile> files = new ArrayList<>();
    List<@Nullable String> keys = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Fields entry = app.entry(list, i, entries.get(i));
      String path = entry == null ? "" : entry.text("volume_path");
      if (entry == null || path.isEmpty()) {
        keys.add(null);
        if (entry != null) {
          ItemList.leaveOut(entry, "volume_path");
        }
      } else if (entry.text("volume_type").equals(CONFIG_FILE)) {
        files.add(configFile(entry, path));
        keys.add(CONFIG_FILE + path);
      } else {
        volumes.add(volume(entry, path));
        keys.add(path);
      }
    }
    app.reading().remember(app.node().get(list), keys);
    Place place = app.place().key(list);
    component
        .volumes(ItemList.unique(volumes, place, app.reading()))
        .configFiles(ItemList.unique(files, place, app.reading()));
  }

  private static ConfigFile configFile(Fields file, String path) {
    Setting natural = Settings.named(path, file.textOrJson("file_content"));
    return new ConfigFile(
        path,
        file.text("volume_name"),
        file.setting("file_content", natural),
        file.numberOrNull("mode"));
  }

  private static Volume volume(Fields volume, String path) {
    return new Volume(
        path,
        volume.text("volume_name"),
        volume.text("volume_type", "share-file"),
        volume.number("volume_capacity", 0),
        volume.text("access_mode"),
        volume.text("share_policy"),
        volume.text("backup_policy"),
        volume.text("volume_provider_name"),
        volume.text("category"),
        volume.numberOrNull("mode"));
  }

  /** What is not stated is what Rainbond's own probes have. */
  Keyed<Probe> probes() {
    return ItemList.read(
        app,
        "probes",
        probe -> new Probe(
            probe.text("mode", "readiness"),
            probe.text("scheme", "tcp"),
            probe.text("path"),
            probe.number("port", 0),
            probe.textOrJson("cmd"),
            probe.textOrJson("http_header"),
            probe.number("initial_delay_second", 1),
            probe.number("period_second", 3),
            probe.number("timeout_second", 30),
            probe.number("failure_threshold", 3),
            probe.number("success_threshold", 1),
            probe.flag("is_used", true)));
  }

  Keyed<Dependency> dependencies(Identities identities) {
    return ItemList.read(app, "dep_service_map_list", dependency -> {
      ComponentKey provider = provider(dependency, "dep_service_key", identities);
      return provider == null ? null : new Dependency(provider);
    });
  }

  Keyed<Mount> mounts(Identities identities) {
    return ItemList.read(app, "mnt_relation_list", mount -> {
      ComponentKey provider = provider(mount, "service_share_uuid", identities);
      return provider == null
          ? null
          : new Mount(provider, mount.text("mnt_name"), mount.text("mnt_dir"));
    });
  }

  private static @Nullable ComponentKey provider(Fields item, String name, Identities identities) {
    String text = item.text(name);
    if (text.isBlank()) {
      ItemList.leaveOut(item, name);
      return null;
    }
    ComponentKey provider = identities.provider(text);
    if (provider != null) {
      return provider;
    }
    item.reading()
        .findings
        .warning(
            "unknown-component",
            item.place().key(name),
            "no component is '" + JsonPath.shorten(text) + "'",
            "");
    return Identities.componentKey(text, item.place().key(name), item.reading());
  }

  Keyed<PluginUse> plugins(Map<String, String> pluginKeys) {
    return ItemList.read(app, "service_related_plugin_config", use -> {
      String key = use.text("plugin_key");
      String id = use.text("plugin_id");
      key = key.isEmpty() ? pluginKeys.getOrDefault(id, id) : key;
      if (key.isEmpty()) {
        ItemList.leaveOut(use, "plugin_key", "plugin_id");
        return null;
      }
      return new PluginUse(
          key,
          use.text("build_version"),
          use.flag("plugin_status", true),
          use.number("min_memory", use.number("memory_required", 0)),
          use.number("min_cpu", use.number("cpu_required", 0)),
          pluginSettings(use));
    });
  }

  private static Keyed<PluginSetting> pluginSettings(Fields use) {
    return ItemList.read(
        use,
        "attr",
        setting -> new PluginSetting(
            setting.text("service_meta_type"),
            setting.text("injection"),
            setting.number("container_port", 0),
            setting.text("protocol"),
            setting.text("dest_service_alias"),
            setting.setting("attrs", Settings.named("attrs", setting.textOrJson("attrs")))));
  }

  Keyed<Monitor> monitors() {
    return ItemList.read(app, "component_monitors", monitor -> {
      String name = monitor.text("name");
      if (name.isEmpty()) {
        ItemList.leaveOut(monitor, "name");
        return null;
      }
      return new Monitor(
          name,
          monitor.text("service_show_name"),
          monitor.text("path"),
          monitor.number("port", 0),
          monitor.text("interval"));
    });
  }

  Keyed<Graph> graphs() {
    return ItemList.read(app, "component_graphs", graph -> {
      String title = graph.text("title");
      if (title.isEmpty()) {
        ItemList.leaveOut(graph, "title");
        return null;
      }
      return new Graph(title, graph.text("promql"), graph.number("sequence", 0));
    });
  }

  Keyed<Label> labels() {
    if (!app.has("labels")) {
      return Keyed.empty();
    }
    return app.textMap("labels").entrySet().stream()
        .map(label -> new Label(label.getKey(), label.getValue()))
        .collect(Keyed.collector());
  }

  Keyed<KubernetesAttribute> kubernetesAttributes() {
    return ItemList.read(app, "component_k8s_attributes", attribute -> {
      String name = attribute.text("name");
      if (name.isEmpty()) {
        ItemList.leaveOut(attribute, "name");
        return null;
      }
      Setting natural = Settings.named(name, attribute.textOrJson("attribute_value"));
      return new KubernetesAttribute(
          name, attribute.text("save_type"), attribute.setting("attribute_value", natural));
    });
  }
}
