// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static java.util.Objects.requireNonNull;

/**
 * A version of a template as its vendor wrote it, with one total order over everything vendors
 * write. Immutable and safe for use by many threads.
 *
 * <p><b>Order.</b> A version is read as <i>name, numbers, revision, stage, suffix</i>, and versions
 * compare by these parts in this order; the case of letters never counts.
 *
 * <ol>
 *   <li><i>Name.</i> Texts without a digit ({@code latest}, {@code main}) come first, then texts
 *       with a name before the number ({@code app-1.2}), then plain versions; the first two
 *       compare by name, character by character. {@code v}, {@code ver}, {@code version},
 *       {@code r}, {@code rel} and {@code release} before the number are not a name: {@code v2.0}
 *       is {@code 2.0}.
 *   <li><i>Numbers</i> compare as numbers of any length; missing ones are zero: {@code 1} is
 *       {@code 1.0.0}, {@code 1.02} is {@code 1.2}. A date with dashes is its numbers:
 *       {@code 2024-05-01} is {@code 2024.5.1}, but {@code 20240501} is one big number.
 *   <li><i>Revision.</i> {@code p}, {@code patch}, {@code sp}, {@code hotfix}, {@code fix},
 *       {@code post}, {@code u}, {@code update}, {@code r}, {@code rev} and a bare {@code _2} make
 *       a version later than the one they revise: {@code 1.0 < 1.0-p1 < 1.0-p1-hotfix2 < 1.0.1}.
 *   <li><i>Stage.</i> Pre-release, then release, then flavour: {@code 1.0-rc1 < 1.0 < 1.0-alpine}.
 *       {@code release}, {@code final}, {@code ga} and {@code stable} add nothing
 *       ({@code 5.14.2-release} is {@code 5.14.2}), unless a number follows, which makes them a
 *       revision. A suffix of known flavour words only ({@code alpine}, {@code debian-11},
 *       {@code slim}, {@code jre}, {@code lts} ...) is a flavour. Every other suffix is a
 *       pre-release, as the standard has it: guessing that an unknown word is a release would
 *       offer unfinished software as an upgrade.
 *   <li><i>Suffix.</i> Part by part: numbers as numbers and before words, words by character, the
 *       shorter list first: {@code alpha < alpha.1 < beta < rc2 < rc10 < snapshot}. Letters and
 *       digits are separate parts, so {@code rc2} is {@code rc.2}; {@code -1} is a pre-release.
 * </ol>
 *
 * <p>Build metadata ({@code +} and what follows the numbers after it) does not count. For valid
 * SemVer texts this is SemVer 2.0 precedence, save for the words named above, letter case, hyphens
 * inside an identifier, and digits beside letters.
 *
 * <p>All of this is in {@link #sortKey()}, which {@link #compareTo} and {@link #equals} compare.
 *
 * <p>Source: SemVer 2.0.0 sections 9 to 11; decision record 0002.
 */
public final class Version implements Comparable<Version> {

  // VersionReader turns a text into VersionParts, which write the two forms kept here. The order
  // is that of the key, in memory as in a database index: there is no second one to agree with.

  private static final int MAX_LENGTH = 128;
  private static final int SHOWN_LENGTH = 40;

  private final String text;
  private final String normalized;
  private final String sortKey;
  private final boolean preRelease;

  private Version(String text, VersionParts parts) {
    this.text = text;
    this.normalized = parts.normalized();
    this.sortKey = parts.sortKey();
    this.preRelease = parts.stage() == VersionParts.Stage.PRE_RELEASE;
  }

  /**
   * Reads a version as a vendor wrote it.
   *
   * @param text any text of 1 to 128 characters without control characters; white space around it
   *     is dropped first
   * @return the version; never fails for a text of that shape, whatever it says
   * @throws IllegalArgumentException if the text is blank, too long or has a control character
   */
  public static Version parse(String text) {
    String trimmed = requireNonNull(text, "text").strip();
    if (trimmed.isEmpty()
        || trimmed.length() > MAX_LENGTH
        || trimmed.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "Invalid version \"" + shorten(trimmed) + "\" (" + trimmed.length()
              + " characters): accepted is any text of 1 to " + MAX_LENGTH
              + " characters without control characters");
    }
    return new Version(trimmed, VersionReader.read(trimmed));
  }

  /** Returns the text the vendor wrote, without white space around it. */
  public String text() {
    return text;
  }

  /**
   * Returns the canonical form: the same for all texts that mean the same version, and itself a
   * text of that version. To show a version use {@link #text()}.
   *
   * @return lower case, 1 to 128 characters, such as {@code 1.2rc1} for {@code v1.2.0-RC.1+b5}
   */
  public String normalized() {
    return normalized;
  }

  /**
   * Returns the place of this version in the order as a text: keys compared as plain text, by
   * {@link String#compareTo} or byte by byte (SQLite {@code BINARY}, PostgreSQL {@code COLLATE
   * "C"}), compare as their versions do, and equal versions have equal keys. No key is the beginning
   * of another one, so more may be appended.
   *
   * <p>Not for showing, and not readable back. The words this class knows are part of the order, so
   * a stored key needs its text beside it, to be computed anew when they change.
   *
   * @return ASCII letters in lower case, digits and {@code - . _ ~}; at most five times the length
   *     of the text and six more, 646 characters
   */
  public String sortKey() {
    return sortKey;
  }

  /**
   * Returns whether this version precedes the release of its numbers, like {@code 1.0-rc1}.
   *
   * @return false for releases, revisions and flavours, and for texts without a number: they say
   *     nothing about it
   */
  public boolean isPreRelease() {
    return preRelease;
  }

  /** Compares by the order described above, in one comparison of {@link #sortKey()}. */
  @Override
  public int compareTo(Version other) {
    return sortKey.compareTo(other.sortKey);
  }

  /** Returns whether the other is the same version, however it is written. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Version that && sortKey.equals(that.sortKey);
  }

  @Override
  public int hashCode() {
    return sortKey.hashCode();
  }

  /** Returns {@link #text()}. */
  @Override
  public String toString() {
    return text;
  }

  private static String shorten(String text) {
    String shown = text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH) + "...";
    return shown.replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "?");
  }
}
