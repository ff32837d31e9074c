// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** The front door: library, packages, apps and engine. */
@NullMarked
module dev.switchback.core {
  requires static transitive org.jspecify;
  requires transitive dev.switchback.deploy;
  requires transitive dev.switchback.diff;
  requires transitive dev.switchback.json;
  requires transitive dev.switchback.model;
  requires transitive dev.switchback.packaging;
  requires transitive dev.switchback.storage;
  requires io.github.resilience4j.core;
  requires io.github.resilience4j.retry;

  uses dev.switchback.storage.BlobStoreProvider;
  uses dev.switchback.storage.StorageProvider;

  exports dev.switchback.core;
}
