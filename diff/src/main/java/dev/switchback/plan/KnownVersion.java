// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.model.template.UpgradeRules;

/**
 * A template version in the library, as far as choosing between versions needs it.
 *
 * @param ref the template and the version
 * @param specDigest the digest of its content
 * @param stage how far the vendor has come with it
 * @param rules what it demands of an upgrade to it
 */
public record KnownVersion(VersionRef ref, Digest specDigest, Stage stage, UpgradeRules rules) {

  /** Checks that nothing is missing. */
  public KnownVersion {
    requireNonNull(ref, "ref");
    requireNonNull(specDigest, "specDigest");
    requireNonNull(stage, "stage");
    requireNonNull(rules, "rules");
  }

  /** Returns what is to be known of {@code version}. */
  public static KnownVersion of(TemplateVersion version) {
    return new KnownVersion(
        version.ref(), version.specDigest(), version.stage(), version.upgradeRules());
  }
}
