// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.storage.Storage;
import dev.switchback.testkit.contract.LeaseStoreContract;

/** The contract with nobody to set the clock, as a database has it. */
final class MemoryLeasesByRealTimeTest extends LeaseStoreContract {

  private final MemoryStorage content = new MemoryStorage();

  @Override
  protected Storage open() {
    return content.another();
  }
}
