// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import dev.switchback.storage.BlobStore;
import dev.switchback.storage.BlobStoreProvider;
import java.nio.file.Path;

/** Opens a {@link FileBlobStore} under the name {@code files}. */
public final class FileBlobStoreProvider implements BlobStoreProvider {

  /** Makes the provider; {@link java.util.ServiceLoader} calls this. */
  public FileBlobStoreProvider() {}

  @Override
  public String name() {
    return "files";
  }

  @Override
  public BlobStore open(Path directory) {
    return FileBlobStore.open(directory);
  }
}
