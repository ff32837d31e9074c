// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import dev.switchback.model.SwitchbackException;
import org.jspecify.annotations.Nullable;

/**
 * Says that a package could not be written or read because the file system failed. A package that
 * was to be written is not there; a package that was to be read may be all right.
 */
public final class PackagingException extends SwitchbackException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what could not be done and where, with the next step if there is one
   * @param cause what led to it, or null
   */
  public PackagingException(String message, @Nullable Throwable cause) {
    super("package-failed", message, cause);
  }
}
