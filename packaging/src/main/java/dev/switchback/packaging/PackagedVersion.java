// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Digest;
import dev.switchback.model.template.TemplateVersion;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A template version with what travels beside it: the RAM document it was published from. */
public final class PackagedVersion {

  private final TemplateVersion version;
  private final byte @Nullable [] ram;

  private PackagedVersion(TemplateVersion version, byte @Nullable [] ram) {
    this.version = requireNonNull(version, "version");
    this.ram = ram;
  }

  /**
   * Takes a version that was not published from a RAM document.
   *
   * @throws IllegalArgumentException if the version names a RAM document
   */
  public static PackagedVersion of(TemplateVersion version) {
    if (version.ramDigest().isPresent()) {
      throw new IllegalArgumentException("Invalid packaged version "
          + version
          + ": its RAM document "
          + version.ramDigest().get()
          + " is missing");
    }
    return new PackagedVersion(version, null);
  }

  /**
   * Takes a version and the RAM document it was published from.
   *
   * @param ram the bytes of the document, exactly as published; copied
   * @throws IllegalArgumentException if these are not the bytes that {@link
   *     TemplateVersion#ramDigest()} names
   */
  public static PackagedVersion of(TemplateVersion version, byte[] ram) {
    Digest actual = Digest.of(requireNonNull(ram, "ram"));
    if (!version.ramDigest().equals(Optional.of(actual))) {
      throw new IllegalArgumentException("Invalid packaged version "
          + version
          + ": it names RAM document "
          + version.ramDigest().map(Digest::toString).orElse("(none)")
          + ", the bytes given are "
          + actual);
    }
    return new PackagedVersion(version, ram.clone());
  }

  /** Returns the version. */
  public TemplateVersion version() {
    return version;
  }

  /** Returns a copy of the RAM document, exactly as published; empty if there is none. */
  public Optional<byte[]> ram() {
    return ram == null ? Optional.empty() : Optional.of(ram.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackagedVersion that
        && version.equals(that.version)
        && Arrays.equals(ram, that.ram);
  }

  @Override
  public int hashCode() {
    return version.hashCode();
  }

  @Override
  public String toString() {
    return version.toString();
  }
}
