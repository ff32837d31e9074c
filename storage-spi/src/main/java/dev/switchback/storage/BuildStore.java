// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.Build;
import java.util.Optional;

/** Reads the build history of components. {@link Storage#commit} writes it. */
public interface BuildStore {

  /**
   * Returns one build, or empty if there is none.
   *
   * @throws StorageException if it could not be read
   */
  Optional<Build> find(AppId app, ComponentKey component, String version);

  /**
   * Lists the builds of a component, latest first.
   *
   * @throws StorageException if they could not be read
   */
  Page<Build> list(AppId app, ComponentKey component, PageRequest page);
}
