// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

/** Says that another writer got there first. Nothing was written; read again and decide anew. */
public final class StaleStateException extends StorageException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was expected and what was found
   */
  public StaleStateException(String message) {
    super("stale-state", message, null);
  }
}
