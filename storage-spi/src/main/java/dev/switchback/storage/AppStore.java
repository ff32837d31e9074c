// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.AppId;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Lease;
import java.util.Optional;

/** Keeps the recorded state of apps, and every state before it as a numbered revision. */
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
   * Makes {@code next} the state of its app, if the state before it still has the generation one
   * lower (zero: there is none) and {@code lease} is still the app's lease. Both are checked in the
   * same atomic step as the write. The state before stays as a revision.
   *
   * @throws StaleStateException if the app is at another generation; nothing was written
   * @throws FencedOffException if the lease was released or has passed to another holder; nothing was
   *     written
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  void swap(Lease lease, AppState next);

  /**
   * Lists the last states of all apps by id, uninstalled ones included.
   *
   * @throws StorageException if they could not be read
   */
  Page<AppState> list(PageRequest page);
}
