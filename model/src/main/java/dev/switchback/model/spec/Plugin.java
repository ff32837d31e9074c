// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;

/**
 * One plugin that components of the app use.
 *
 * <p>Source: RAM {@code plugins[]}.
 *
 * @param name the key, {@code plugin_key} (else {@code plugin_id})
 * @param alias what a person calls it, {@code plugin_alias}; may be empty
 * @param category {@code category}, such as {@code analyst-plugin:perf}
 * @param description {@code desc}; may be empty
 * @param image the image, {@code share_image} (else {@code image}), and {@code build_version}
 * @param buildSource {@code build_source}; may be empty
 * @param repository {@code code_repo}; may be empty
 * @param origin {@code origin}; may be empty
 * @param registry {@code plugin_image}
 * @param memoryMb {@code min_memory}, in MB; 0 for the default
 * @param cpuMillis {@code min_cpu}, in thousandths of a core; 0 for the default
 * @param configGroups its options
 * @param extras fields without a type
 */
public record Plugin(
    String name,
    String alias,
    String category,
    String description,
    Image image,
    String buildSource,
    String repository,
    String origin,
    RegistryAccess registry,
    int memoryMb,
    int cpuMillis,
    Keyed<PluginConfigGroup> configGroups,
    Keyed<Extra> extras)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Plugin {
    requireNonNull(name, "name");
    requireNonNull(alias, "alias");
    requireNonNull(category, "category");
    requireNonNull(description, "description");
    requireNonNull(image, "image");
    requireNonNull(buildSource, "buildSource");
    requireNonNull(repository, "repository");
    requireNonNull(origin, "origin");
    requireNonNull(registry, "registry");
    requireNonNull(configGroups, "configGroups");
    requireNonNull(extras, "extras");
  }

  /** Returns the key. */
  @Override
  public String key() {
    return name;
  }
}
