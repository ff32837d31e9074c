// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static java.util.Objects.requireNonNull;

import dev.switchback.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.semver4j.range.Range;
import org.semver4j.range.RangeListFactory;

/**
 * A range of versions, such as {@code >=1.4 <2.0}: comparisons that must all hold, separated by
 * blanks or commas, with {@code ||} between alternatives. {@code *} matches every version, a version
 * without a sign only itself.
 *
 * <p>The shorthands of SemVer tools can be used too: {@code ^1.4}, {@code ~1.4.2}, {@code 1.x} and
 * {@code 1.0 - 2.0}. They are read by semver4j, and so mean what they mean elsewhere. Versions are
 * compared in the order of {@link Version}, so pre-releases are in a range like any other version.
 */
public final class VersionRange {

  private static final Pattern TERM =
      Pattern.compile("[\\s,]*(>=|<=|!=|>|<|=)?\\s*([^\\s,<>=!]++)[\\s,]*+");

  private static final String PLAIN = "v?\\d{1,9}(?:\\.\\d{1,9}){0,2}";

  /** What is handed to semver4j, which would take junk for a range that nothing, or all, is in. */
  private static final Pattern SHORTHAND = Pattern.compile(
      "[~^]\\s*" + PLAIN + "|v?\\d{1,9}(?:\\.\\d{1,9})?\\.[xX*]|" + PLAIN + "\\s+-\\s+" + PLAIN);

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

  private final String text;
  private final List<List<Term>> alternatives;

  private VersionRange(String text, List<List<Term>> alternatives) {
    this.text = text;
    this.alternatives = alternatives;
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static VersionRange parse(String text) {
    requireNonNull(text, "text");
    List<List<Term>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|\\|", -1)) {
      alternatives.add(terms(alternative.strip(), text));
    }
    return new VersionRange(text, alternatives);
  }

  /** Reads a range; empty if it is not one. */
  static Optional<VersionRange> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<Term> terms(String alternative, String text) {
    if (alternative.equals("*")) {
      return List.of();
    }
    String comparisons =
        SHORTHAND.matcher(alternative).matches() ? written(alternative) : alternative;
    List<Term> terms = new ArrayList<>();
    Matcher matcher = TERM.matcher(comparisons);
    int at = 0;
    while (at < comparisons.length()) {
      matcher.region(at, comparisons.length());
      if (!matcher.lookingAt() || isForeign(matcher.group(2))) {
        throw invalid(text);
      }
      String sign = matcher.group(1) == null ? "=" : matcher.group(1);
      terms.add(new Term(sign, Version.parse(matcher.group(2))));
      at = matcher.end();
    }
    boolean isNothing = terms.isEmpty()
        || terms.stream()
                .filter(term -> term.sign.equals("="))
                .map(Term::version)
                .distinct()
                .count()
            > 1; // words and versions side by side: no version equals two
    if (isNothing) {
      throw invalid(text);
    }
    return terms;
  }

  /** Writes a shorthand as the comparisons it stands for. */
  private static String written(String shorthand) {
    StringBuilder comparisons = new StringBuilder();
    for (List<Range> all : RangeListFactory.create(shorthand).get()) {
      for (Range range : all) {
        comparisons.append(range).append(' ');
      }
    }
    return comparisons.toString();
  }

  /** Signs in other places would be read as part of versions that nothing ever equals. */
  private static boolean isForeign(String version) {
    return version.startsWith("^")
        || version.startsWith("~")
        || version.contains("*")
        || version.contains("|")
        || "[(".indexOf(version.charAt(0)) >= 0
        || "])".indexOf(version.charAt(version.length() - 1)) >= 0
        || version.endsWith(".x")
        || version.endsWith(".X")
        || version.equals("-");
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("Invalid version range '" + text
        + "': write comparisons such as >=1.4 <2.0, a shorthand such as ^1.4, or *");
  }

  /** Tells whether {@code candidate} is in the range. */
  public boolean matches(Version candidate) {
    return alternatives.stream()
        .anyMatch(terms -> terms.stream().allMatch(term -> term.matches(candidate)));
  }

  /** Returns the text it was read from. */
  @Override
  public String toString() {
    return text;
  }
}
