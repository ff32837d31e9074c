// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One configuration file that is written into a component.
 *
 * <p>Source: RAM {@code service_volume_map_list[]} whose type is {@code config-file}.
 *
 * @param path where it is mounted, {@code volume_path}
 * @param name {@code volume_name}; may be empty
 * @param content the text, {@code file_content}
 * @param mode permission bits as RAM writes them, {@code mode}; null for the default
 */
public record ConfigFile(
    String path, String name, Setting content, @Nullable Integer mode) implements Keyed.Item {

  /** Checks that nothing is missing. */
  public ConfigFile {
    requireNonNull(path, "path");
    requireNonNull(name, "name");
    requireNonNull(content, "content");
  }

  /** Returns the mount path. */
  @Override
  public String key() {
    return path;
  }

  // By hand: see the package's page.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof ConfigFile that
            && path.equals(that.path)
            && name.equals(that.name)
            && content.equals(that.content)
            && Objects.equals(mode, that.mode));
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, name, content, mode);
  }
}
