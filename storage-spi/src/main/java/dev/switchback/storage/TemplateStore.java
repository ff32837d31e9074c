// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import dev.switchback.model.TemplateId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import java.util.Optional;

/** Keeps template versions. A version, once created, never changes. */
public interface TemplateStore {

  /**
   * Keeps {@code version} unless there is one of the same template and version already.
   *
   * @return true if it was written; false if there was one already, equal or not, and nothing was
   *     written
   * @throws StorageException if it could not be written; nothing was
   * @throws dev.switchback.model.OutcomeUnknownException if it may or may not have been written
   */
  boolean create(TemplateVersion version);

  /**
   * Returns the version that {@code ref} points at, or empty if there is none.
   *
   * @throws StorageException if it could not be read
   */
  Optional<TemplateVersion> find(VersionRef ref);

  /**
   * Lists the versions of one template, greatest version first.
   *
   * @throws StorageException if they could not be read
   */
  Page<TemplateSummary> versions(TemplateId template, PageRequest page);

  /**
   * Lists the templates by id, each with its greatest version. Ids compare by code point, as their
   * UTF-8 bytes do.
   *
   * @throws StorageException if they could not be read
   */
  Page<TemplateSummary> templates(PageRequest page);
}
