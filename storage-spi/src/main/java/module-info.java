// SPDX-License-Identifier: Apache-2.0
/** What a storage backend implements. Start at {@link dev.switchback.storage.Storage}. */
@org.jspecify.annotations.NullMarked
module dev.switchback.storage {
  requires static transitive org.jspecify;
  requires transitive dev.switchback.model;

  exports dev.switchback.storage;
}
