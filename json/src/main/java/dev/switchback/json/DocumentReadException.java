// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.model.SwitchbackException;
import java.io.IOException;

/** Says that the bytes of a document could not be read. Nothing was changed; a retry may succeed. */
public final class DocumentReadException extends SwitchbackException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what could not be read
   * @param cause what the file system or stream said
   */
  public DocumentReadException(String message, IOException cause) {
    super("unreadable", message, cause);
  }

  @Override
  public boolean mayRetry() {
    return true;
  }
}
