// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.ConfigMember;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code app_config_groups}: groups, their items and their members. */
final class ConfigGroupReader {

  private static final String LIST = "app_config_groups";

  private final Fields document;
  private final Identities identities;
  private final List<ConfigItem> items = new ArrayList<>();
  private final List<ConfigMember> members = new ArrayList<>();

  ConfigGroupReader(Fields document, Identities identities) {
    this.document = document;
    this.identities = identities;
  }

  void read(AppSpec.Builder spec) {
    List<JsonNode> entries = document.list(LIST);
    if (entries.isEmpty()) {
      return;
    }
    List<ConfigGroup> groups = new ArrayList<>(entries.size());
    List<@Nullable String> keys = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Fields group = document.entry(LIST, i, entries.get(i));
      String name = group == null ? "" : group.firstText("name", "config_group_name");
      keys.add(name.isEmpty() ? null : name);
      if (group == null || name.isEmpty()) {
        if (group != null) {
          ItemList.leaveOut(group, "name");
        }
        continue;
      }
      if (!group.objectOrNone(Own.OBJECT).flag(Own.UNDECLARED, false)) {
        groups.add(new ConfigGroup(name, group.text("injection_type"), group.flag("enable", true)));
      }
      readItems(group, name);
      readMembers(group, name);
    }
    document.reading().remember(document.node().get(LIST), keys);
    Place place = document.place().key(LIST);
    Reading reading = document.reading();
    spec.configGroups(ItemList.unique(groups, place, reading))
        .configItems(ItemList.unique(items, place, reading))
        .configMembers(ItemList.unique(members, place, reading));
  }

  private void readItems(Fields group, String name) {
    if (group.get("config_items") instanceof ObjectNode object) {
      Fields values = new Fields(object, group.place().key("config_items"), group.reading());
      object.fieldNames().forEachRemaining(item -> addItem(group, name, item, values.text(item)));
      return;
    }
    SortedMap<String, String> pairs = group.textMap("config_items");
    pairs.forEach((item, value) -> addItem(group, name, item, value));
  }

  private void addItem(Fields group, String name, String item, String value) {
    items.add(new ConfigItem(name, item, group.setting(item, Settings.named(item, value))));
  }

  private void readMembers(Fields group, String name) {
    String list = "component_keys";
    List<JsonNode> entries = group.list(list);
    List<@Nullable String> keys = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      ComponentKey member = member(group, list, i, entries.get(i));
      keys.add(member == null ? null : member.value());
      if (member != null) {
        members.add(new ConfigMember(name, member));
      }
    }
    if (!entries.isEmpty()) {
      group.reading().remember(group.node().get(list), keys);
    }
  }

  private @Nullable ComponentKey member(Fields group, String list, int index, JsonNode entry) {
    Place place = group.place().key(list).item(index);
    if (entry.isContainerNode()) {
      group
          .reading()
          .findings
          .problem(
              "wrong-type", place, "expected the key of a component, found a list or object", "");
      return null;
    }
    if (entry.isNull() || entry.asText().isBlank()) {
      return null; // publishing leaves null for a member outside the template
    }
    return AppReader.member(entry.asText(), place, group.reading(), identities);
  }
}
