// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;

/**
 * A template version without its content: enough for a list and for finding upgrades.
 *
 * @param ref the template and version
 * @param name the name of the template; may be empty
 * @param alias a second name of the version; may be empty
 * @param notes what is new in it; may be empty
 * @param stage how far the vendor has come with it
 * @param specDigest the digest of the content
 * @param upgradeRules what it demands of an upgrade to it
 */
public record TemplateSummary(
    VersionRef ref,
    String name,
    String alias,
    String notes,
    Stage stage,
    Digest specDigest,
    UpgradeRules upgradeRules) {

  /** Checks that nothing is missing. */
  public TemplateSummary {
    requireNonNull(ref, "ref");
    requireNonNull(name, "name");
    requireNonNull(alias, "alias");
    requireNonNull(notes, "notes");
    requireNonNull(stage, "stage");
    requireNonNull(specDigest, "specDigest");
    requireNonNull(upgradeRules, "upgradeRules");
  }

  /** Takes the summary of {@code version}. */
  public static TemplateSummary of(TemplateVersion version) {
    return new TemplateSummary(
        version.ref(),
        version.name(),
        version.alias(),
        version.notes(),
        version.stage(),
        version.specDigest(),
        version.upgradeRules());
  }
}
