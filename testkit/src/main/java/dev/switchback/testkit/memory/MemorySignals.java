// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.RecordId;
import dev.switchback.model.app.Signal;
import dev.switchback.storage.SignalStore;

/** The last signal of each record. */
record MemorySignals(MemoryContent content, Handle handle) implements SignalStore {

  @Override
  public void send(RecordId record, Signal signal) {
    synchronized (content) {
      handle.checkOpen();
      content.signals.put(requireNonNull(record, "record"), requireNonNull(signal, "signal"));
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
