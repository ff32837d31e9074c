// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;

/**
 * A plugin that a component uses.
 *
 * <p>Source: RAM {@code service_related_plugin_config[]}.
 *
 * @param plugin the key of the plugin, {@code plugin_key}
 * @param buildVersion the plugin build in use, {@code build_version}; may be empty
 * @param enabled {@code plugin_status}
 * @param memoryMb memory for the plugin, {@code min_memory}, in MB; 0 for the default
 * @param cpuMillis cpu for the plugin, {@code min_cpu}, in thousandths of a core; 0 for the default
 * @param settings its configuration
 */
public record PluginUse(
    String plugin,
    String buildVersion,
    boolean enabled,
    int memoryMb,
    int cpuMillis,
    Keyed<PluginSetting> settings)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public PluginUse {
    requireNonNull(plugin, "plugin");
    requireNonNull(buildVersion, "buildVersion");
    requireNonNull(settings, "settings");
  }

  /** Returns the plugin's key. */
  @Override
  public String key() {
    return plugin;
  }
}
