// SPDX-License-Identifier: Apache-2.0

import dev.switchback.storage.BlobStoreProvider;
import dev.switchback.storage.files.FileBlobStoreProvider;
import org.jspecify.annotations.NullMarked;

/** Keeps blobs as an OCI image layout on disk. */
@NullMarked
module dev.switchback.storage.files {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires transitive dev.switchback.storage;

  exports dev.switchback.storage.files;

  provides BlobStoreProvider with
      FileBlobStoreProvider;
}
