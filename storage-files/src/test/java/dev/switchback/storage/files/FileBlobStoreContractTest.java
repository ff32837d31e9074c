// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import dev.switchback.storage.BlobStore;
import dev.switchback.testkit.contract.BlobStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FileBlobStoreContractTest extends BlobStoreContract {

  @TempDir
  Path directory;

  @Override
  protected BlobStore open() {
    return FileBlobStore.open(directory);
  }
}
