// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.storage.Storage;
import dev.switchback.testkit.contract.StorageContract;
import java.time.Duration;
import java.time.Instant;

final class MemoryStorageTest extends StorageContract {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-01T00:00:00Z"));
  private final MemoryStorage content = new MemoryStorage(clock);

  @Override
  protected Storage open() {
    return content.another();
  }

  @Override
  protected boolean letPass(Duration duration) {
    clock.advance(duration);
    return true;
  }
}
