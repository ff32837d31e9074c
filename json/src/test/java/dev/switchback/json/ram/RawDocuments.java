// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Generates RAM documents as the years have left them: every field in every shape it has had, now
 * and then missing, null or unknown.
 */
final class RawDocuments {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final SplittableRandom random;

  private RawDocuments(int seed) {
    this.random = new SplittableRandom(seed);
  }

  static Arbitrary<String> any() {
    return Arbitraries.integers().map(seed -> new RawDocuments(seed).document().toString());
  }

  private ObjectNode document() {
    ObjectNode document = NODES.objectNode();
    document.put("group_key", "shop").put("group_version", "1." + random.nextInt(9));
    document.put("template_version", pick("v1", "v2", "v3"));
    text(document, "group_name", "group_dev_status", "governance_mode", "describe");
    maybe(() -> document.set(
        "annotations",
        oneOf(
            NODES.nullNode(),
            NODES.arrayNode(),
            NODES.objectNode().put("version_info", "notes").put("suffix", 1))));
    document.set("apps", list(6, this::component));
    maybe(() -> document.set("plugins", list(2, this::plugin)));
    maybe(() -> document.set("app_config_groups", list(2, this::configGroup)));
    maybe(() -> document.set("ingress_http_routes", list(3, this::route)));
    maybe(() -> document.set("k8s_resources", list(2, entry -> {
      text(entry, "name", "content");
      entry.put("kind", pick("Secret", "Job"));
    })));
    unknown(document);
    return document;
  }

  private void component(ObjectNode app) {
    maybe(() -> app.put("service_key", "key-" + random.nextInt(1_000_000)));
    app.put("service_id", "id-" + random.nextInt(1_000_000_000));
    app.put("service_share_uuid", "a+" + random.nextInt(1_000_000_000));
    text(
        app,
        "service_cname",
        "service_alias",
        "k8s_component_name",
        "category",
        "language",
        "service_region",
        "tenant_id",
        "image",
        "share_image",
        "deploy_version",
        "version",
        "cmd",
        "arch",
        "extend_method",
        "service_type",
        "need_share");
    number(app, "memory", "cpu", "creater");
    maybe(() ->
        app.set("extend_method_map", oneOf(NODES.nullNode(), NODES.arrayNode(), object(map -> {
          number(map, "min_node", "max_node", "init_memory", "min_memory", "container_cpu");
          flag(map, "is_restart");
        }))));
    maybe(() -> app.set("service_image", object(map -> {
      text(map, "hub_url", "hub_user", "hub_password", "namespace");
      flag(map, "is_trust");
    })));
    maybe(() -> app.set("service_env_map_list", list(4, this::env)));
    maybe(() -> app.set("service_connect_info_map_list", list(4, this::env)));
    maybe(() -> app.set("port_map_list", list(3, port -> {
      port.set(
          "container_port",
          oneOf(
              NODES.numberNode(1 + random.nextInt(60_000)),
              NODES.textNode("80" + random.nextInt(99))));
      text(port, "protocol", "port_alias", "k8s_service_name", "tenant_id");
      flag(port, "is_inner_service", "is_outer_service");
    })));
    maybe(() -> app.set("service_volume_map_list", list(4, volume -> {
      text(volume, "volume_name", "file_content", "access_mode");
      maybe(() -> volume.put("volume_path", "/" + random.nextInt(5)));
      volume.put("volume_type", pick("share-file", "config-file", "local"));
      number(volume, "volume_capacity", "mode");
    })));
    maybe(() -> app.set("probes", list(2, probe -> {
      probe.put("mode", pick("readiness", "liveness"));
      text(probe, "scheme", "path", "cmd", "http_header");
      number(probe, "port", "ID", "period_second", "timeout_second");
      flag(probe, "is_used");
    })));
    maybe(() -> app.set(
        "dep_service_map_list",
        list(
            2, dependency -> dependency.put("dep_service_key", pick("a+1", "id-2", "elsewhere")))));
    maybe(() -> app.set("mnt_relation_list", list(2, mount -> {
      mount.put("service_share_uuid", pick("a+1", "elsewhere"));
      text(mount, "mnt_name", "mnt_dir");
    })));
    maybe(() -> app.set("labels", shapedMap()));
    maybe(() -> app.set("component_monitors", list(2, m -> text(m, "name", "path", "interval"))));
    maybe(() -> app.set("component_graphs", list(2, g -> text(g, "title", "promql"))));
    maybe(() -> app.set("component_k8s_attributes", list(2, attribute -> {
      text(attribute, "name", "save_type");
      attribute.set("attribute_value", oneOf(NODES.textNode("a: 1"), shapedMap()));
    })));
    maybe(() -> app.set("service_related_plugin_config", list(2, use -> {
      text(use, "plugin_key", "plugin_id", "build_version");
      maybe(() -> use.set("attr", list(2, setting -> {
        number(setting, "container_port");
        setting.set("attrs", oneOf(NODES.textNode("{}"), NODES.objectNode().put("OPEN", "YES")));
      })));
    })));
    maybe(() -> app.set("vm", oneOf(NODES.nullNode(), NODES.objectNode(), object(vm -> {
      text(vm, "boot_mode");
      vm.set("disk_layout", list(2, disk -> text(disk, "disk_key", "image", "source_uri")));
    }))));
    maybe(() -> app.set(
        "endpoints", object(e -> text(e, "endpoints_type", "endpoints_info", "service_cname"))));
    unknown(app);
  }

  private void env(ObjectNode env) {
    maybe(() -> env.put("attr_name", pick("A", "DB_PASSWORD", "名")));
    text(env, "name", "attr_value");
    flag(env, "is_change");
    number(env, "container_port");
  }

  private void plugin(ObjectNode plugin) {
    text(plugin, "plugin_key", "plugin_id", "desc", "share_image", "image", "build_version");
    maybe(() -> plugin.set("config_groups", list(2, group -> {
      text(group, "config_name", "service_meta_type");
      maybe(() ->
          group.set("options", list(2, option -> text(option, "attr_name", "attr_default_value"))));
    })));
    number(plugin, "ID", "min_memory");
    unknown(plugin);
  }

  private void configGroup(ObjectNode group) {
    group.put(pick("name", "config_group_name"), pick("one", "two"));
    flag(group, "enable");
    maybe(() -> group.set("config_items", shapedMap()));
    maybe(() -> group.set("component_keys", NODES.arrayNode().add("elsewhere").addNull()));
  }

  private void route(ObjectNode route) {
    maybe(() -> route.put("component_key", pick("elsewhere", "id-1")));
    number(route, "port", "connection_timeout", "proxy_buffer_size");
    flag(route, "ssl", "websocket", "default_domain", "proxy_buffer");
    text(route, "location", "load_balancing");
    maybe(() -> route.set("headers", shapedMap()));
    maybe(() -> route.set("proxy_header", shapedMap()));
    maybe(() -> route.set(
        "rewrites",
        oneOf(
            NODES.arrayNode(),
            NODES.textNode("[]"),
            NODES.arrayNode().addObject().put("regex", "^/"))));
  }

  private JsonNode shapedMap() {
    ArrayNode pairs = NODES.arrayNode();
    pairs.addObject().put("item_key", "k").put("item_value", "v");
    pairs.addObject().put("key", "k").put("value", 2);
    return oneOf(
        NODES.nullNode(),
        NODES.textNode(""),
        NODES.arrayNode(),
        NODES.objectNode(),
        NODES.objectNode().put("a", "b").put("PASSWORD", "x"),
        pairs);
  }

  private void text(ObjectNode owner, String... names) {
    for (String name : names) {
      maybe(() -> owner.set(
          name,
          oneOf(
              NODES.nullNode(),
              NODES.textNode(""),
              NODES.textNode(pick("x", "数据", "a\\b\"c", "**None**", "\u2028")),
              NODES.numberNode(random.nextInt(99)))));
    }
  }

  private void number(ObjectNode owner, String... names) {
    for (String name : names) {
      maybe(() -> owner.set(
          name,
          oneOf(
              NODES.nullNode(),
              NODES.textNode(""),
              NODES.numberNode(random.nextInt(4096)),
              NODES.textNode("" + random.nextInt(4096)),
              DecimalNode.valueOf(new BigDecimal(random.nextInt(99) + ".0")))));
    }
  }

  private void flag(ObjectNode owner, String... names) {
    for (String name : names) {
      maybe(() -> owner.set(
          name,
          oneOf(
              NODES.nullNode(),
              NODES.booleanNode(random.nextBoolean()),
              NODES.numberNode(random.nextInt(2)),
              NODES.textNode(pick("true", "False", "1", "")))));
    }
  }

  private void unknown(ObjectNode owner) {
    maybe(() -> owner.set(
        "future_" + random.nextInt(3),
        oneOf(
            NODES.nullNode(),
            NODES.numberNode(new BigInteger("123456789012345678901234567890")),
            DecimalNode.valueOf(new BigDecimal("1.50")),
            DecimalNode.valueOf(new BigDecimal("1E+400")),
            NODES.arrayNode().add(1).addObject().put("deep", true))));
  }

  private ArrayNode list(int atMost, Consumer<ObjectNode> entry) {
    ArrayNode list = NODES.arrayNode();
    for (int i = random.nextInt(atMost + 1); i > 0; i--) {
      ObjectNode object = object(entry);
      list.add(object);
      if (random.nextInt(8) == 0) {
        object.put("x_unknown", i);
      }
    }
    return list;
  }

  private ObjectNode object(Consumer<ObjectNode> fill) {
    ObjectNode object = NODES.objectNode();
    fill.accept(object);
    return object;
  }

  private void maybe(Runnable put) {
    if (random.nextInt(4) > 0) {
      put.run();
    }
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private JsonNode oneOf(JsonNode... nodes) {
    return List.of(nodes).get(random.nextInt(nodes.length));
  }
}
