// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.ConfigMember;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Port;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The environment of a component: its own variables, those of its config groups, and what its
 * providers hand out. Its own win, then the groups', then the providers'.
 */
final class Environment {

  /** What a template names as the host where a side car is to lead to the provider. */
  private static final Set<String> HERE = Set.of("", "127.0.0.1", "localhost");

  private Environment() {}

  static SortedMap<String, Setting> of(AppSpec app, Component component) {
    SortedMap<String, Setting> values = new TreeMap<>();
    for (Dependency dependency : component.dependencies()) {
      app.component(dependency.provider()).ifPresent(provider -> addConnections(values, provider));
    }
    addConnections(values, component);
    for (ConfigMember member : app.configMembers()) {
      boolean enabled =
          app.configGroups().find(member.group()).map(group -> group.enabled()).orElse(false);
      if (enabled && member.component().equals(component.id())) {
        for (ConfigItem item : app.configItems()) {
          if (item.group().equals(member.group())) {
            values.put(item.name(), item.value());
          }
        }
      }
    }
    for (EnvVar variable : component.env()) {
      values.put(variable.name(), variable.value());
    }
    return values;
  }

  /**
   * Adds what {@code provider} hands out. Values that come from a port name the provider in the app's
   * network, where the template leaves the host to a side car.
   */
  private static void addConnections(SortedMap<String, Setting> values, Component provider) {
    for (Port port : provider.ports()) {
      if (port.inner() && !port.alias().isEmpty()) {
        values.put(port.alias() + "_HOST", Setting.plain(Names.domain(provider, port.number())));
        values.put(port.alias() + "_PORT", Setting.plain(Integer.toString(port.number())));
      }
    }
    for (EnvVar value : provider.connections()) {
      boolean host = value.port() != 0
          && value.name().endsWith("_HOST")
          && HERE.contains(value.value().reveal());
      values.put(
          value.name(), host ? Setting.plain(Names.domain(provider, value.port())) : value.value());
    }
  }
}
