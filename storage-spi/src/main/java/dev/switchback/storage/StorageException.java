// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.SwitchbackException;
import org.jspecify.annotations.Nullable;

/** Says that the storage failed. What was to be written was not. */
public class StorageException extends SwitchbackException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what could not be done and where, with the next step if there is one
   * @param cause what led to it, or null
   */
  public StorageException(String message, @Nullable Throwable cause) {
    this("storage-failed", message, cause);
  }

  /**
   * Makes an exception of a more particular kind.
   *
   * @param code what happened, stable, for programs
   * @param message what could not be done and where
   * @param cause what led to it, or null
   */
  protected StorageException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
