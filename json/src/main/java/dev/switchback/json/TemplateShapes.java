// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import dev.switchback.model.Digest;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;

/** The tables of a template version and of its head. */
final class TemplateShapes {

  /** Two fields: a version text may hold any sign, so no sign could separate it from the template. */
  static final Shape<VersionRef> REF = Shape.<VersionRef>table()
      .value("template", Codecs.TEMPLATE, VersionRef::template)
      .value("version", Codecs.VERSION, VersionRef::version)
      .make(in -> new VersionRef(in.value(), in.value()));

  static final Shape<UpgradeRules> UPGRADE_RULES = Shape.<UpgradeRules>table()
      .list("allowedFrom", Codecs.TEXT, UpgradeRules::allowedFrom)
      .flag("requiredStop", UpgradeRules::requiredStop)
      .flag("downgradeAllowed", UpgradeRules::downgradeAllowed)
      .make(in -> new UpgradeRules(in.list(), in.flag(), in.flag()));

  static final Codec<Stage> STAGE = Codecs.choice(Stage.class);

  static final Shape<TemplateVersion> TEMPLATE_VERSION = Shape.<TemplateVersion>table()
      .value("ref", REF, TemplateVersion::ref)
      .value("spec", SpecShapes.APP_SPEC, TemplateVersion::spec)
      .value("specDigest", Codecs.DIGEST, TemplateVersion::specDigest)
      .text("name", TemplateVersion::name)
      .text("alias", TemplateVersion::alias)
      .text("notes", TemplateVersion::notes)
      .value("stage", STAGE, TemplateVersion::stage)
      .part("upgradeRules", UPGRADE_RULES, TemplateVersion::upgradeRules)
      .map("annotations", Codecs.TEXT, TemplateVersion::annotations)
      .optional("ramDigest", Codecs.DIGEST, TemplateVersion::ramDigest)
      .make(TemplateShapes::templateVersion);

  private TemplateShapes() {}

  private static TemplateVersion templateVersion(Row in) {
    return TemplateVersion.builder(in.<VersionRef>value(), in.<AppSpec>value(), in.<Digest>value())
        .name(in.text())
        .alias(in.text())
        .notes(in.text())
        .stage(in.value())
        .upgradeRules(in.value())
        .annotations(in.map())
        .ramDigest(in.orNull())
        .build();
  }
}
