// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.Stage;
import java.util.List;
import java.util.Optional;

/**
 * What a package holds, for a person or a program that decides whether to import it.
 *
 * @param formatVersion the version of the package format, from 1
 * @param compression how the file is compressed
 * @param digest the digest of {@code index.json}, and through it of all content: two packages with
 *     the same digest hold the same, however they are compressed
 * @param versions what it holds, by template id and version; at least one
 */
public record PackageSummary(
    int formatVersion, Compression compression, Digest digest, List<Entry> versions) {

  /** Copies the list. */
  public PackageSummary {
    requireNonNull(compression, "compression");
    requireNonNull(digest, "digest");
    versions = List.copyOf(versions);
  }

  /**
   * One template version in a package.
   *
   * @param ref the template and the version
   * @param name the name of the template; may be empty
   * @param alias a second name of the version; may be empty
   * @param stage how far the vendor has come with it
   * @param components how many components it has
   * @param specDigest the digest of its content: equal for versions with the same content
   * @param manifest the digest of its manifest: equal only if everything is equal
   * @param documentBytes the size of its document
   * @param ram the digest of the RAM document that travels with it; empty if there is none
   */
  public record Entry(
      VersionRef ref,
      String name,
      String alias,
      Stage stage,
      int components,
      Digest specDigest,
      Digest manifest,
      long documentBytes,
      Optional<Digest> ram) {

    /** Checks that nothing is missing. */
    public Entry {
      requireNonNull(ref, "ref");
      requireNonNull(name, "name");
      requireNonNull(alias, "alias");
      requireNonNull(stage, "stage");
      requireNonNull(specDigest, "specDigest");
      requireNonNull(manifest, "manifest");
      requireNonNull(ram, "ram");
    }
  }
}
