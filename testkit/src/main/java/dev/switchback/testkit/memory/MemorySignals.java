// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.Signal;
import dev.switchback.storage.SignalStore;

/** The signal that stands for each record. */
record MemorySignals(MemoryContent content, Handle handle) implements SignalStore {

  @Override
  public void send(RecordId record, Signal signal) {
    synchronized (content) {
      handle.checkOpen();
      requireNonNull(signal, "signal");
      content.signals.merge(
          requireNonNull(record, "record"),
          signal,
          (present, sent) -> present == Signal.CANCEL ? present : sent);
    }
  }

  @Override
  public Signal find(RecordId record) {
    synchronized (content) {
      handle.checkOpen();
      return content.signals.getOrDefault(record, Signal.RUN);
    }
  }
}
