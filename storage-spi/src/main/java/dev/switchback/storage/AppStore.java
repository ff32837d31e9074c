// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.AppId;
import dev.switchback.model.app.AppState;
import java.util.Optional;

/**
 * Reads the recorded state of apps, and the states before it that are kept as numbered revisions.
 * {@link Storage#commit} writes them.
 */
public interface AppStore {

  /**
   * Returns the last state that was swapped in, or empty if the app was never installed. The state of
   * an uninstalled app is still there, marked as such.
   *
   * @throws StorageException if it could not be read
   */
  Optional<AppState> find(AppId app);

  /**
   * Returns the state of {@code app} at {@code generation}, or empty if it is not kept.
   *
   * @throws StorageException if it could not be read
   */
  Optional<AppState> findRevision(AppId app, long generation);

  /**
   * Lists the states of {@code app} that are kept, the present one first.
   *
   * @throws StorageException if they could not be read
   */
  Page<AppState> revisions(AppId app, PageRequest page);

  /**
   * Lists the last states of all apps by id, uninstalled ones included.
   *
   * @throws StorageException if they could not be read
   */
  Page<AppState> list(PageRequest page);
}
