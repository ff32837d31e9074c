// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.memory;

import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.TemplateStore;
import dev.switchback.storage.TemplateSummary;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Template versions by template, then by version. */
record MemoryTemplates(MemoryContent content, Handle handle) implements TemplateStore {

  @Override
  public boolean create(TemplateVersion version) {
    synchronized (content) {
      handle.checkOpen();
      return content
              .templates
              .computeIfAbsent(version.ref().template(), template -> new TreeMap<>())
              .putIfAbsent(version.ref().version(), version)
          == null;
    }
  }

  @Override
  public Optional<TemplateVersion> find(VersionRef ref) {
    synchronized (content) {
      handle.checkOpen();
      return Optional.ofNullable(versionsOf(ref.template()).get(ref.version()));
    }
  }

  @Override
  public Page<TemplateSummary> versions(TemplateId template, PageRequest page) {
    synchronized (content) {
      handle.checkOpen();
      return MemoryContent.page(
          versionsOf(template).descendingMap(),
          page,
          Version::parse,
          Version::normalized,
          version -> true,
          TemplateSummary::of);
    }
  }

  @Override
  public Page<TemplateSummary> templates(PageRequest page) {
    synchronized (content) {
      handle.checkOpen();
      return MemoryContent.page(
          content.templates,
          page,
          TemplateId::new,
          TemplateId::value,
          versions -> true,
          versions -> TemplateSummary.of(versions.lastEntry().getValue()));
    }
  }

  private NavigableMap<Version, TemplateVersion> versionsOf(TemplateId template) {
    return content.templates.getOrDefault(template, new TreeMap<>());
  }
}
