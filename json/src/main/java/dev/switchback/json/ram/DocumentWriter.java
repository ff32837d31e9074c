// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.UpgradeRules;

/** Writes a fresh document of a head and its content. */
final class DocumentWriter {

  private DocumentWriter() {}

  static ObjectNode write(Head head, AppSpec spec, Trees trees) {
    ObjectNode document = Trees.object();
    boolean machines =
        spec.components().stream().anyMatch(c -> c.virtualMachine().isPresent());
    document.put("template_version", machines ? "v3" : "v2");
    if (head.templateId() != null) {
      document.put("group_key", head.templateId().value());
    }
    document.put("group_name", head.name());
    if (head.version() != null) {
      document.put("group_version", head.version().text());
    }
    document.put("group_dev_status", head.stage() == Stage.RELEASED ? "release" : "testing");
    ObjectNode annotations = Trees.map(head.annotations());
    put(annotations, Head.NOTES, head.notes());
    put(annotations, Head.ALIAS, head.alias());
    document.set("annotations", annotations);
    new AppWriter(trees, spec).write(document);
    if (!head.upgradeRules().equals(UpgradeRules.none())) {
      Trees.own(document).set(Own.UPGRADE_RULES, upgradeRules(head.upgradeRules()));
    }
    return document;
  }

  /** The notes and alias win over annotations of their names. */
  private static void put(ObjectNode annotations, String name, String text) {
    annotations.remove(name);
    if (!text.isEmpty()) {
      annotations.put(name, text);
    }
  }

  private static ObjectNode upgradeRules(UpgradeRules rules) {
    ObjectNode node = Trees.object();
    ArrayNode ranges = node.putArray(Own.ALLOWED_FROM);
    rules.allowedFrom().forEach(ranges::add);
    node.put(Own.REQUIRED_STOP, rules.requiredStop());
    node.put(Own.DOWNGRADE_ALLOWED, rules.downgradeAllowed());
    return node;
  }
}
