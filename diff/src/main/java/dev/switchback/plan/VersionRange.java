// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of versions, such as {@code >=1.4 <2.0}: comparisons that must all hold, separated by
 * blanks or commas. {@code *} matches every version, a version without a sign only itself.
 */
final class VersionRange {

  private static final Pattern TERM =
      Pattern.compile("[\\s,]*(>=|<=|!=|>|<|=)?\\s*([^\\s,<>=!]++)[\\s,]*+");

  private record Term(String sign, Version version) {

    boolean matches(Version candidate) {
      int order = candidate.compareTo(version);
      return switch (sign) {
        case ">=" -> order >= 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        case "<" -> order < 0;
        case "!=" -> order != 0;
        default -> order == 0;
      };
    }
  }

  private final List<Term> terms;

  private VersionRange(List<Term> terms) {
    this.terms = terms;
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static VersionRange parse(String text) {
    List<Term> terms = new ArrayList<>();
    if (text.strip().equals("*")) {
      return new VersionRange(terms);
    }
    Matcher matcher = TERM.matcher(text);
    int at = 0;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt() || isForeign(matcher.group(2))) {
        throw invalid(text);
      }
      String sign = matcher.group(1) == null ? "=" : matcher.group(1);
      terms.add(new Term(sign, Version.parse(matcher.group(2))));
      at = matcher.end();
    }
    if (terms.isEmpty()) {
      throw invalid(text);
    }
    return new VersionRange(terms);
  }

  /** Signs of other tools would otherwise be read as versions that nothing ever equals. */
  private static boolean isForeign(String version) {
    return version.startsWith("^")
        || version.startsWith("~")
        || version.contains("*")
        || version.contains("|")
        || version.endsWith(".x")
        || version.endsWith(".X")
        || version.equals("-");
  }

  /** Reads a range; empty if the text is not one. */
  static Optional<VersionRange> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "Invalid version range '" + text + "': write comparisons such as >=1.4 <2.0, or *");
  }

  boolean matches(Version candidate) {
    return terms.stream().allMatch(term -> term.matches(candidate));
  }
}
