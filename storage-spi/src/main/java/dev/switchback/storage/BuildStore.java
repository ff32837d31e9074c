// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.Lease;
import java.util.Optional;

/** Keeps the build history of components. */
public interface BuildStore {

  /**
   * Appends a build to the history of its component.
   *
   * @throws StaleStateException if there is a build of that version or that sequence number already,
   *     or a later one; nothing was written
   * @throws FencedOffException if {@code lease} is no longer the lease of the app; nothing was written
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  void append(Lease lease, Build build);

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
