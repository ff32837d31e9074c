// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

/** Open until it is closed. */
final class Handle {

  private volatile boolean closed;

  void close() {
    closed = true;
  }

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("Cannot use the storage: it was closed");
    }
  }
}
