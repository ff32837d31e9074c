// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Plugin;
import dev.switchback.model.spec.PluginConfigGroup;
import dev.switchback.model.spec.PluginOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code plugins}. {@link AppWriter} is its counterpart. */
final class PluginReader {

  private PluginReader() {}

  static Keyed<Plugin> read(Fields document) {
    return ItemList.read(document, "plugins", PluginReader::plugin);
  }

  /** Returns the key of each plugin by its id at the publishing site, by which components say it. */
  static Map<String, String> keysById(Fields document) {
    Map<String, String> keys = new HashMap<>();
    JsonNode plugins = document.get("plugins");
    if (plugins != null && plugins.isArray()) {
      for (JsonNode plugin : plugins) {
        String id = plugin.path("plugin_id").asText();
        String key = plugin.path("plugin_key").asText();
        if (plugin instanceof ObjectNode && !id.isEmpty() && !key.isEmpty()) {
          keys.putIfAbsent(id, key);
        }
      }
    }
    return keys;
  }

  private static @Nullable Plugin plugin(Fields plugin) {
    String name = plugin.firstText("plugin_key", "plugin_id", "plugin_name");
    if (name.isEmpty()) {
      ItemList.leaveOut(plugin, "plugin_key", "plugin_id");
      return null;
    }
    return new Plugin(
        name,
        plugin.text("plugin_alias"),
        plugin.text("category"),
        plugin.text("desc"),
        ComponentReader.image(plugin, "build_version"),
        plugin.text("build_source"),
        plugin.text("code_repo"),
        plugin.text("origin"),
        ComponentReader.registry(plugin.object("plugin_image")),
        plugin.number("min_memory", plugin.number("memory_required", 0)),
        plugin.number("min_cpu", plugin.number("cpu_required", 0)),
        ItemList.read(plugin, "config_groups", PluginReader::configGroup),
        Known.extras(plugin, Known.PLUGIN));
  }

  private static PluginConfigGroup configGroup(Fields group) {
    return new PluginConfigGroup(
        group.text("config_name"),
        group.text("service_meta_type"),
        group.text("injection"),
        ItemList.read(group, "options", PluginReader::option));
  }

  private static @Nullable PluginOption option(Fields option) {
    String name = option.text("attr_name");
    if (name.isEmpty()) {
      ItemList.leaveOut(option, "attr_name");
      return null;
    }
    Setting natural = Settings.named(name, option.textOrJson("attr_default_value"));
    return new PluginOption(
        name,
        option.text("attr_type"),
        option.setting("attr_default_value", natural),
        option.textOrJson("attr_alt_value"),
        option.text("attr_info"),
        option.text("protocol"),
        option.flag("is_change", true));
  }
}
