// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.internal.Check;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 digest of some bytes, written {@code sha256:<64 hex digits>} as in OCI descriptors.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) implements Comparable<Digest> {

  private static final String PREFIX = "sha256:";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the digits.
   *
   * @throws IllegalArgumentException if these are not 64 lower-case hexadecimal digits
   */
  public Digest {
    requireNonNull(hex, "hex");
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "Invalid digest '" + Check.shorten(hex) + "': expected 64 lower-case hex digits");
    }
  }

  /**
   * Reads {@code sha256:<hex>}.
   *
   * @throws IllegalArgumentException if the prefix or the digits are not as expected
   */
  public static Digest parse(String text) {
    requireNonNull(text, "text");
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "Invalid digest '" + Check.shorten(text) + "': expected sha256:<64 hex digits>");
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /** Computes the digest of {@code bytes}. */
  public static Digest of(byte[] bytes) {
    return finish(newSha256(), bytes);
  }

  /** Computes the digest of the UTF-8 form of {@code text}. */
  public static Digest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes the digest out of a finished SHA-256 computation and resets it. */
  public static Digest from(MessageDigest sha256) {
    return new Digest(HexFormat.of().formatHex(sha256.digest()));
  }

  /** Starts a SHA-256 computation for bytes that come in pieces; end it with {@link #from}. */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static Digest finish(MessageDigest sha256, byte[] bytes) {
    sha256.update(bytes);
    return from(sha256);
  }

  /** Returns the first twelve digits, enough for a person to tell two digests apart. */
  public String shortText() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  /** Returns {@code sha256:<hex>}. */
  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
