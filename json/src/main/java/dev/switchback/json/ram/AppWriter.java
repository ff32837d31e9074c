// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.HttpRoute;
import dev.switchback.model.spec.Plugin;
import dev.switchback.model.spec.PluginConfigGroup;
import dev.switchback.model.spec.PluginOption;
import dev.switchback.model.spec.StreamRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes the content of a document as {@link AppReader} reads it. */
final class AppWriter {

  private final Trees trees;
  private final AppSpec spec;

  AppWriter(Trees trees, AppSpec spec) {
    this.trees = trees;
    this.spec = spec;
  }

  void write(ObjectNode document) {
    Identities identities = Identities.of(spec);
    ComponentWriter components =
        new ComponentWriter(trees, key -> identities.providerText(key, spec));
    document.put("governance_mode", spec.governanceMode());
    document.set("apps", trees.list(spec.components(), components::write));
    document.set("plugins", trees.list(spec.plugins(), this::plugin));
    document.set("app_config_groups", configGroups());
    document.set("ingress_http_routes", trees.list(spec.httpRoutes(), this::httpRoute));
    document.set("ingress_stream_routes", trees.list(spec.streamRoutes(), this::streamRoute));
    document.set("k8s_resources", trees.list(spec.kubernetesResources(), resource -> {
      ObjectNode entry = Trees.object();
      entry.put("name", resource.name());
      entry.put("kind", resource.kind());
      Setting content = resource.content();
      trees.setting(
          entry,
          "content",
          content,
          Settings.manifest(resource.kind(), resource.name(), content.reveal()));
      return entry;
    }));
    trees.extras(document, spec.extras(), Known.DOCUMENT);
  }

  private ArrayNode configGroups() {
    SortedMap<String, List<ConfigItem>> items = new TreeMap<>();
    SortedMap<String, List<ConfigMember>> members = new TreeMap<>();
    spec.configItems()
        .forEach(
            item -> items.computeIfAbsent(item.group(), n -> new ArrayList<>()).add(item));
    spec.configMembers()
        .forEach(m -> members.computeIfAbsent(m.group(), n -> new ArrayList<>()).add(m));
    SortedSet<String> names = new TreeSet<>(items.keySet());
    names.addAll(members.keySet());
    spec.configGroups().forEach(group -> names.add(group.name()));
    ArrayNode list = Trees.list();
    List<@Nullable String> keys = new ArrayList<>();
    for (String name : names) {
      ObjectNode entry = configGroup(name, items.getOrDefault(name, List.of()));
      entry.set("component_keys", members(members.getOrDefault(name, List.of())));
      list.add(entry);
      keys.add(name);
    }
    trees.remember(list, keys);
    return list;
  }

  private ObjectNode configGroup(String name, List<ConfigItem> items) {
    ObjectNode entry = Trees.object();
    entry.put("name", name);
    spec.configGroups()
        .find(name)
        .ifPresentOrElse(
            group -> entry.put("injection_type", group.injection()).put("enable", group.enabled()),
            () -> Trees.own(entry).put(Own.UNDECLARED, true));
    ObjectNode values = entry.putObject("config_items");
    for (ConfigItem item : items) {
      values.put(item.name(), item.value().reveal());
      Setting natural = Settings.named(item.name(), item.value().reveal());
      trees.kind(entry, item.name(), item.value(), natural);
    }
    return entry;
  }

  private ArrayNode members(List<ConfigMember> members) {
    ArrayNode list = Trees.list();
    List<@Nullable String> keys = new ArrayList<>();
    for (ConfigMember member : members) {
      list.add(member.component().value());
      keys.add(member.component().value());
    }
    trees.remember(list, keys);
    return list;
  }

  private JsonNode httpRoute(HttpRoute route) {
    ObjectNode entry = Trees.object();
    entry.put("component_key", route.component().value());
    entry.put("port", route.port());
    entry.put("default_domain", route.defaultDomain());
    if (!route.domain().isEmpty()) {
      entry.put("domain_name", route.domain());
    }
    entry.put("location", route.location());
    entry.set("headers", Trees.map(route.headers()));
    entry.set("cookies", Trees.map(route.cookies()));
    entry.put("ssl", route.ssl());
    entry.put("load_balancing", route.loadBalancing());
    Trees.number(entry, "connection_timeout", route.connectionTimeoutSeconds());
    Trees.number(entry, "request_timeout", route.requestTimeoutSeconds());
    Trees.number(entry, "response_timeout", route.responseTimeoutSeconds());
    Trees.number(entry, "request_body_size_limit", route.bodyLimitMb());
    if (route.proxyBuffering()) {
      entry.put("proxy_buffer", true);
    }
    Trees.number(entry, "proxy_buffer_numbers", route.proxyBuffers());
    Trees.number(entry, "proxy_buffer_size", route.proxyBufferKb());
    entry.put("websocket", route.webSocket());
    entry.put("path_rewrite", route.pathRewrite());
    entry.set("rewrites", trees.jsonOrText(route.rewrites()));
    entry.set("proxy_header", Trees.map(route.proxyHeaders()));
    return entry;
  }

  private JsonNode streamRoute(StreamRoute route) {
    ObjectNode entry = Trees.object();
    entry.put("component_key", route.component().value());
    entry.put("port", route.port());
    entry.put("protocol", route.protocol());
    entry.put("address", route.address());
    if (route.connectionTimeoutSeconds() != null) {
      entry.put("connection_timeout", route.connectionTimeoutSeconds());
    }
    return entry;
  }

  private JsonNode plugin(Plugin plugin) {
    ObjectNode entry = Trees.object();
    entry.put("plugin_key", plugin.name());
    entry.put("plugin_id", plugin.name());
    entry.put("plugin_alias", plugin.alias());
    entry.put("category", plugin.category());
    entry.put("desc", plugin.description());
    trees.image(entry, plugin.image(), null);
    entry.put("build_version", plugin.image().buildVersion());
    entry.put("build_source", plugin.buildSource());
    entry.put("code_repo", plugin.repository());
    entry.put("origin", plugin.origin());
    entry.set("plugin_image", trees.registry(plugin.registry()));
    entry.put("min_memory", plugin.memoryMb());
    entry.put("min_cpu", plugin.cpuMillis());
    entry.set("config_groups", trees.list(plugin.configGroups(), this::pluginConfigGroup));
    trees.extras(entry, plugin.extras(), Known.PLUGIN);
    return entry;
  }

  private JsonNode pluginConfigGroup(PluginConfigGroup group) {
    ObjectNode entry = Trees.object();
    entry.put("config_name", group.name());
    entry.put("service_meta_type", group.kind());
    entry.put("injection", group.injection());
    entry.set("options", trees.list(group.options(), this::pluginOption));
    return entry;
  }

  private JsonNode pluginOption(PluginOption option) {
    ObjectNode entry = Trees.object();
    entry.put("attr_name", option.name());
    entry.put("attr_type", option.type());
    Setting value = option.defaultValue();
    trees.setting(
        entry, "attr_default_value", value, Settings.named(option.name(), value.reveal()));
    entry.put("attr_alt_value", option.alternatives());
    entry.put("attr_info", option.info());
    entry.put("protocol", option.protocol());
    entry.put("is_change", option.changeable());
    return entry;
  }
}
