// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.json.internal.CanonicalJson;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.Extra;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields that have a typed home, and those that mean nothing outside the site that published.
 * Every other field of a document, component or plugin becomes an {@link Extra}, so that a diff
 * shows it; fields inside items that nobody knows stay in the document only.
 */
final class Known {

  /**
   * Row ids and times of the publishing site's database. They differ between any two publishes of
   * the same content, so as extras they would make every version look changed.
   */
  private static final List<String> NOISE = List.of("ID", "create_time", "update_time");

  /** A tick of the publish form, and the findings of a scan at that moment. */
  static final Set<String> SITES_OF_COMPONENT = names(NOISE, "need_share", "report");

  /**
   * What the publishing site made the image of or, without {@code share_image}, the image; and how it
   * calls the plugin, and who made it there: {@code plugin_key} is the identity.
   */
  static final Set<String> SITES_OF_PLUGIN = names(
      NOISE,
      "image",
      "plugin_id",
      "plugin_name",
      "origin_share_id",
      "tenant_id",
      "region",
      "create_user",
      "is_share");

  /** Row ids and times inside the items of lists. */
  static final Set<String> SITES_OF_ITEM = names(
      NOISE, "service_id", "dest_service_id", "tenant_id", "component_id", "probe_id", "graph_id");

  static final Set<String> DOCUMENT = names(
      NOISE,
      Own.OBJECT,
      "group_key",
      "group_name",
      "group_version",
      "template_version",
      "group_dev_status",
      "governance_mode",
      "apps",
      "plugins",
      "app_config_groups",
      "ingress_http_routes",
      "ingress_stream_routes",
      "k8s_resources",
      "annotations",
      // The head in older layouts, before there were annotations.
      "version_info",
      "version_alias",
      "describe",
      "suffix",
      "image",
      "image_base64_string");

  static final Set<String> COMPONENT = names(
      SITES_OF_COMPONENT,
      Own.OBJECT,
      "service_key",
      "service_share_uuid",
      "service_id",
      "service_cname",
      "service_alias",
      "service_name",
      "k8s_component_name",
      "category",
      "language",
      "service_source",
      "service_type",
      "share_type",
      "image",
      "share_image",
      "service_image",
      "service_region",
      "tenant_id",
      "git_url",
      "creater",
      "deploy_version",
      "version",
      "cmd",
      "arch",
      "extend_method",
      "extend_method_map",
      "memory",
      "cpu",
      "service_env_map_list",
      "service_connect_info_map_list",
      "port_map_list",
      "service_volume_map_list",
      "probes",
      "dep_service_map_list",
      "mnt_relation_list",
      "service_related_plugin_config",
      "component_monitors",
      "component_graphs",
      "labels",
      "component_k8s_attributes",
      "vm",
      "endpoints");

  static final Set<String> PLUGIN = names(
      SITES_OF_PLUGIN,
      Own.OBJECT,
      "plugin_key",
      "plugin_alias",
      "category",
      "desc",
      "share_image",
      "build_version",
      "build_source",
      "code_repo",
      "origin",
      "plugin_image",
      "min_memory",
      "min_cpu",
      "memory_required",
      "cpu_required",
      "config_groups");

  private Known() {}

  private static Set<String> names(Collection<String> others, String... names) {
    List<String> all = new ArrayList<>(others);
    all.addAll(List.of(names));
    return Set.copyOf(all);
  }

  /** Returns the fields that are not known, each as canonical JSON. */
  static Keyed<Extra> extras(Fields owner, Set<String> known) {
    List<Extra> extras = null;
    for (Map.Entry<String, JsonNode> field : owner.node().properties()) {
      if (!known.contains(field.getKey())) {
        extras = extras == null ? new ArrayList<>() : extras;
        String json = CanonicalJson.exactText(field.getValue());
        Setting natural = Settings.named(field.getKey(), json);
        extras.add(new Extra(field.getKey(), owner.setting(field.getKey(), natural)));
      }
    }
    return extras == null ? Keyed.empty() : Keyed.copyOf(extras);
  }
}
