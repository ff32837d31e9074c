// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.jdbc;

import static java.util.Objects.requireNonNull;

import dev.switchback.json.JsonFormat;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.TemplateId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.TemplateStore;
import dev.switchback.storage.TemplateSummary;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Template versions, one row each. */
record JdbcTemplates(Database database, KeptVersions kept) implements TemplateStore {

  private static final JsonFormat<TemplateVersion> FORMAT = JsonFormats.templateVersion();

  /** A stored version; the document is null if its head is the one that was asked with. */
  private record Row(String head, @Nullable String document) {}

  @Override
  public boolean create(TemplateVersion version) {
    VersionRef ref = version.ref();
    String document = FORMAT.text(version);
    String head = FORMAT.text(version.toBuilder().spec(AppSpec.empty()).build());
    return database.writeAtOnce(
        "keep " + ref,
        session -> session.update(
                "insert into sb_template_version (template, version_key, version, head, document)"
                    + " values (?, ?, ?, ?, ?) on conflict do nothing",
                ref.template().value(),
                ref.version().sortKey(),
                ref.version().text(),
                head,
                document)
            == 1);
  }

  @Override
  public Optional<TemplateVersion> find(VersionRef ref) {
    KeptVersions.Kept before = kept.find(ref);
    Row row = database
        .read(
            "read " + ref,
            session -> session.first(
                "select head, case when head = ? then null else document end"
                    + " from sb_template_version where template = ? and version_key = ?",
                it -> new Row(it.getString(1), it.getString(2)),
                before == null ? "" : before.head(),
                ref.template().value(),
                ref.version().sortKey()))
        .orElse(null);
    if (row == null) {
      return Optional.empty();
    }
    String document = row.document();
    if (document == null) {
      return Optional.of(requireNonNull(before).version());
    }
    TemplateVersion version = database.parse(FORMAT, document);
    kept.put(ref, new KeptVersions.Kept(row.head(), version, document.length()));
    return Optional.of(version);
  }

  @Override
  public Page<TemplateSummary> versions(TemplateId template, PageRequest page) {
    boolean first = page.cursor().isEmpty();
    List<Paging.Entry> found = database.read(
        "list the versions of " + template,
        session -> first
            ? session.list(
                "select version_key, head from sb_template_version where template = ?"
                    + " order by version_key desc limit ?",
                Paging.ENTRY,
                template.value(),
                Paging.rows(page))
            : session.list(
                "select version_key, head from sb_template_version where template = ?"
                    + " and version_key < ? order by version_key desc limit ?",
                Paging.ENTRY,
                template.value(),
                Paging.behind(page),
                Paging.rows(page)));
    return Paging.page(page, found, this::summary);
  }

  /** Jumps from each template to the next one, past all of its versions. */
  @Override
  public Page<TemplateSummary> templates(PageRequest page) {
    List<Paging.Entry> found = database.read(
        "list the templates",
        session -> session.list(
            "with recursive t (template, place) as ("
                + "select min(v.template), 1 from sb_template_version v where v.template > ?"
                + " union all select (select min(v.template) from sb_template_version v"
                + " where v.template > t.template), t.place + 1"
                + " from t where t.template is not null and t.place < ?)"
                + " select t.template, v.head from t"
                + " join sb_template_version v on v.template = t.template"
                + " and v.version_key = (select max(m.version_key)"
                + " from sb_template_version m where m.template = t.template)"
                + " order by t.template",
            Paging.ENTRY,
            Paging.behind(page),
            Paging.rows(page)));
    return Paging.page(page, found, this::summary);
  }

  private TemplateSummary summary(String head) {
    return TemplateSummary.of(database.parse(FORMAT, head));
  }
}
