// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.json.internal.JsonPath;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of a document: what it is called, and what surrounds its content.
 *
 * @param templateId {@code group_key}; null if the document has none
 * @param version {@code group_version}; null if the document has none
 * @param formatVersion {@code template_version}
 */
record Head(
    @Nullable TemplateId templateId,
    @Nullable Version version,
    String formatVersion,
    String name,
    String alias,
    String notes,
    Stage stage,
    UpgradeRules upgradeRules,
    SortedMap<String, String> annotations) {

  static final String NOTES = "version_info";
  static final String ALIAS = "version_alias";

  private static final Set<String> FORMATS = Set.of("v1", "v2", "v3");

  /** Reads the head; problems are left in the reading. */
  static Head read(Fields document) {
    SortedMap<String, String> annotations = annotations(document);
    String notes = annotations.remove(NOTES);
    String alias = annotations.remove(ALIAS);
    return new Head(
        templateId(document),
        version(document),
        formatVersion(document),
        document.text("group_name"),
        alias == null ? "" : alias,
        notes == null ? "" : notes,
        stage(document),
        upgradeRules(document.objectOrNone(Own.OBJECT).objectOrNone(Own.UPGRADE_RULES)),
        annotations);
  }

  /** Takes the head of a template version. */
  static Head of(TemplateVersion version) {
    return new Head(
        version.ref().template(),
        version.ref().version(),
        "",
        version.name(),
        version.alias(),
        version.notes(),
        version.stage(),
        version.upgradeRules(),
        version.annotations());
  }

  /** Tells whether another head says the same, in whatever format; versions by their text. */
  boolean saysAs(Head other) {
    return Objects.equals(templateId, other.templateId)
        && text(version).equals(text(other.version))
        && name.equals(other.name)
        && alias.equals(other.alias)
        && notes.equals(other.notes)
        && stage == other.stage
        && upgradeRules.equals(other.upgradeRules)
        && annotations.equals(other.annotations);
  }

  private static String text(@Nullable Version version) {
    return version == null ? "" : version.text();
  }

  private static @Nullable TemplateId templateId(Fields document) {
    String text = document.text("group_key");
    if (text.isBlank()) {
      return null;
    }
    try {
      return new TemplateId(text);
    } catch (IllegalArgumentException e) {
      invalid(document, "group_key", e);
      return null;
    }
  }

  private static @Nullable Version version(Fields document) {
    String text = document.text("group_version");
    if (text.isBlank()) {
      return null;
    }
    try {
      return Version.parse(text);
    } catch (IllegalArgumentException e) {
      invalid(document, "group_version", e);
      return null;
    }
  }

  private static void invalid(Fields document, String name, IllegalArgumentException e) {
    document
        .reading()
        .findings
        .problem("invalid-value", document.place().key(name), String.valueOf(e.getMessage()), "");
  }

  private static String formatVersion(Fields document) {
    String stated = document.text("template_version");
    String format = stated.isBlank() ? "v2" : stated;
    if (!FORMATS.contains(format)) {
      document
          .reading()
          .findings
          .warning(
              "unknown-format",
              document.place().key("template_version"),
              "the format '" + JsonPath.shorten(format) + "' is none of v1, v2 and v3",
              "check that everything in it was understood");
    }
    return format;
  }

  /** Rainbond shows every version that is not marked, so what is not marked is released. */
  private static Stage stage(Fields document) {
    String status = document.text("group_dev_status").trim();
    return status.isEmpty()
            || status.equalsIgnoreCase("release")
            || status.equalsIgnoreCase("released")
        ? Stage.RELEASED
        : Stage.TESTING;
  }

  /** Takes the annotations, and from older layouts what stood at the top before there were any. */
  private static SortedMap<String, String> annotations(Fields document) {
    SortedMap<String, String> annotations = new TreeMap<>();
    for (String name : List.of("describe", "suffix", NOTES, ALIAS)) {
      put(annotations, name, document.get(name));
    }
    put(annotations, "image_base64_string", document.get("image"));
    put(annotations, "image_base64_string", document.get("image_base64_string"));
    annotations.putAll(document.textMap("annotations"));
    for (String name : List.of(NOTES, ALIAS)) {
      JsonNode value = document.node().path("annotations").path(name);
      if (value.isArray()) {
        put(annotations, name, value);
      }
    }
    return annotations;
  }

  private static void put(Map<String, String> map, String name, @Nullable JsonNode value) {
    if (value != null) {
      // A stray comma in an exporter once made lists of one of them.
      JsonNode one = value.isArray() && value.size() == 1 ? value.get(0) : value;
      map.put(name, Fields.textOrJson(one));
    }
  }

  private static UpgradeRules upgradeRules(Fields rules) {
    List<String> allowedFrom = new ArrayList<>();
    for (JsonNode range : rules.list(Own.ALLOWED_FROM)) {
      if (range.isTextual()) {
        allowedFrom.add(range.textValue());
      } else {
        rules.wrongType(Own.ALLOWED_FROM, "a list of texts", range);
      }
    }
    return new UpgradeRules(
        allowedFrom,
        rules.flag(Own.REQUIRED_STOP, false),
        rules.flag(Own.DOWNGRADE_ALLOWED, false));
  }
}
