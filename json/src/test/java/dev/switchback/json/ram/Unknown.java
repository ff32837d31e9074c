// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts fields that nobody knows into the items of a document, and looks for them later. */
final class Unknown {

  private static final String MARK = "x_unknown";

  /** Where unknown fields are part of the spec, so that they come and go with it. */
  private static final Set<String> SPEC_LEVEL = Set.of("apps", "plugins");

  /** Lists of objects, each with the field that tells entries apart. */
  private static final Map<String, List<String>> LISTS = Map.ofEntries(
      Map.entry("apps", List.of("service_key")),
      Map.entry("plugins", List.of("plugin_key")),
      Map.entry("app_config_groups", List.of("name")),
      Map.entry("k8s_resources", List.of("kind", "name")),
      Map.entry("service_env_map_list", List.of("attr_name")),
      Map.entry("service_connect_info_map_list", List.of("attr_name")),
      Map.entry("service_volume_map_list", List.of("volume_type", "volume_path")),
      Map.entry("probes", List.of("mode")),
      Map.entry("component_graphs", List.of("title")),
      Map.entry("component_monitors", List.of("name")),
      Map.entry("component_k8s_attributes", List.of("name")));

  private Unknown() {}

  static RamDocument mark(RamDocument document) {
    ObjectNode tree = (ObjectNode) Documents.tree(document);
    mark(tree, "$");
    return RamDocument.read(tree.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void mark(ObjectNode owner, String path) {
    LISTS.forEach((list, names) -> {
      for (JsonNode entry : owner.path(list)) {
        String at = path + "/" + list + "/" + id(entry, names);
        mark((ObjectNode) entry, at);
        if (!SPEC_LEVEL.contains(list)) {
          ((ObjectNode) entry).putObject(MARK).put("at", at);
        }
      }
    });
  }

  /** Checks that every mark is there whose entry is still there. */
  static void assertKept(RamDocument before, RamDocument after) {
    assertKept(Documents.tree(before), Documents.tree(after), "$");
  }

  private static void assertKept(JsonNode before, JsonNode after, String path) {
    LISTS.forEach((list, names) -> {
      for (JsonNode entry : before.path(list)) {
        JsonNode next = find(after.path(list), id(entry, names), names);
        String at = path + "/" + list + "/" + id(entry, names);
        if (next != null) {
          if (!SPEC_LEVEL.contains(list)) {
            assertThat(next.path(MARK).path("at").asText()).isEqualTo(at);
          }
          assertKept(entry, next, at);
        }
      }
    });
  }

  private static JsonNode find(JsonNode list, String id, List<String> names) {
    JsonNode found = null;
    for (JsonNode entry : list instanceof ArrayNode ? list : List.<JsonNode>of()) {
      found = id(entry, names).equals(id) ? entry : found;
    }
    return found;
  }

  private static String id(JsonNode entry, List<String> names) {
    StringBuilder id = new StringBuilder();
    // A volume may change its type, but not between a file and a volume.
    names.forEach(name -> id.append(
            name.equals("volume_type")
                ? entry.path(name).asText().equals("config-file")
                : entry.path(name).asText())
        .append('|'));
    return id.toString();
  }
}
