// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.storage.BlobStore;
import dev.switchback.testkit.contract.BlobStoreContract;

final class MemoryBlobStoreTest extends BlobStoreContract {

  private final MemoryBlobStore content = new MemoryBlobStore();

  @Override
  protected BlobStore open() {
    return content.another();
  }
}
