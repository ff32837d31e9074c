// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;

/** Versions and components as text; secrets are masked. */
final class SpecText {

  private static final int NAME = 30;

  private SpecText() {}

  /** Describes a version: its head, its components, and what they share. */
  static String version(TemplateVersion version) {
    StringBuilder text = new StringBuilder();
    head(text, "Template", version.ref().template().value());
    head(text, "Name", version.name());
    head(text, "Version", version.ref().version().text());
    head(text, "Alias", version.alias());
    head(text, "Stage", Text.word(version.stage()));
    head(text, "Content", version.specDigest().toString());
    head(text, "Notes", version.notes());
    head(text, "Upgrades", rules(version.upgradeRules()));
    return text.append('\n').append(spec(version.spec())).toString();
  }

  /** Describes components, and how much they share. */
  static String spec(AppSpec spec) {
    String shared = shared(spec);
    return components(spec) + (shared.isEmpty() ? "" : "\nShared: " + shared + "\n");
  }

  /** Adds a line of a head, unless there is nothing to say. */
  static void head(StringBuilder text, String title, String value) {
    if (!value.isEmpty()) {
      text.append(title).append(" ".repeat(12 - title.length())).append(value).append('\n');
    }
  }

  private static String rules(UpgradeRules rules) {
    StringBuilder text = new StringBuilder();
    if (!rules.allowedFrom().isEmpty()) {
      text.append("from ").append(String.join(" or ", rules.allowedFrom())).append(' ');
    }
    if (rules.requiredStop()) {
      text.append("required stop ");
    }
    if (rules.downgradeAllowed()) {
      text.append("downgrade allowed");
    }
    return text.toString().strip();
  }

  private static String components(AppSpec spec) {
    Table table = Table.of(
        "COMPONENT",
        "NAME",
        "IMAGE",
        "PORTS",
        "REPLICAS",
        "MEMORY",
        "ENV",
        "VOLUMES",
        "FILES",
        "NEEDS");
    for (Component component : spec.components()) {
      table.row(
          component.id(),
          Text.shorten(component.name(), NAME),
          component.image().reference(),
          keys(component.ports()),
          component.scaling().minReplicas(),
          memory(component),
          component.env().size() + component.connections().size(),
          component.volumes().size(),
          component.configFiles().size(),
          keys(component.dependencies()));
    }
    return table.toString();
  }

  /** Describes one component with everything a person sets by hand. */
  static String component(Component component) {
    StringBuilder text = new StringBuilder();
    head(text, "Component", component.key());
    head(text, "Name", component.name());
    head(text, "Image", component.image().reference());
    head(text, "Build", component.image().buildVersion());
    head(text, "Command", Text.masked(component.command()));
    head(text, "Workload", component.workload().code());
    head(text, "Replicas", Integer.toString(component.scaling().minReplicas()));
    head(text, "Memory", memory(component));
    head(text, "Ports", keys(component.ports()));
    head(text, "Volumes", keys(component.volumes()));
    head(text, "Files", keys(component.configFiles()));
    head(text, "Needs", keys(component.dependencies()));
    env(text, "ENV", component.env());
    env(text, "CONNECTION", component.connections());
    return text.toString();
  }

  private static void env(StringBuilder text, String title, Keyed<EnvVar> variables) {
    if (!variables.isEmpty()) {
      Table table = Table.of(title, "VALUE");
      variables.forEach(variable -> table.row(variable.name(), variable.value()));
      text.append('\n').append(table);
    }
  }

  private static String memory(Component component) {
    return component.memoryMb() == 0 ? "-" : component.memoryMb() + " MB";
  }

  private static String keys(Keyed<?> items) {
    return items.isEmpty() ? "-" : items.stream().map(Keyed.Item::key).collect(Text.joined());
  }

  private static String shared(AppSpec spec) {
    StringBuilder text = new StringBuilder();
    count(text, spec.plugins().size(), "plugin");
    count(text, spec.configGroups().size(), "config group");
    count(text, spec.httpRoutes().size(), "HTTP route");
    count(text, spec.streamRoutes().size(), "stream route");
    count(text, spec.kubernetesResources().size(), "Kubernetes resource");
    return text.toString();
  }

  private static void count(StringBuilder text, int count, String noun) {
    if (count > 0) {
      text.append(text.isEmpty() ? "" : ", ").append(Text.count(count, noun));
    }
  }
}
