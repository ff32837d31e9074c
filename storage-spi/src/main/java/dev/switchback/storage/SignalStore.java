// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.Signal;

/**
 * Carries word from whoever wants an operation paused or cancelled to the node that runs it. Needs no
 * lease: the node that runs it has that.
 */
public interface SignalStore {

  /**
   * Leaves {@code signal} for the operation of {@code record}, in place of the one before it; unless
   * that is a {@link Signal#CANCEL}, which nothing replaces, whoever comes at the same moment.
   *
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  void send(RecordId record, Signal signal);

  /**
   * Returns the signal that stands for the operation of {@code record}; {@link Signal#RUN} if there
   * was none.
   *
   * @throws StorageException if it could not be read
   */
  Signal find(RecordId record);
}
