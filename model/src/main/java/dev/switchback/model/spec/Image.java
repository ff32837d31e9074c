// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.spec;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The artifact a component runs: an image by reference and, where known, by digest, and the build that made it.
 *
 * <p>Source: RAM {@code share_image} (else {@code image}) and {@code deploy_version}.
 *
 * @param reference the image, such as {@code nginx:1.25}; empty for a component without one
 * @param digest the digest of its manifest; null when only the tag is known
 * @param buildVersion the build that made it, {@code deploy_version}; may be empty
 */
public record Image(String reference, @Nullable Digest digest, String buildVersion)
    implements Keyed.Item {

  /** Checks that nothing is missing. */
  public Image {
    requireNonNull(reference, "reference");
    requireNonNull(buildVersion, "buildVersion");
  }

  /** Returns the empty text, the image is an only child. */
  @Override
  public String key() {
    return "";
  }

  /** Returns the image {@code reference} with neither digest nor build version. */
  public static Image of(String reference) {
    return new Image(reference, null, "");
  }

  // By hand: see the package's page.
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Image that
            && reference.equals(that.reference)
            && Objects.equals(digest, that.digest)
            && buildVersion.equals(that.buildVersion));
  }

  @Override
  public int hashCode() {
    return Objects.hash(reference, digest, buildVersion);
  }
}
