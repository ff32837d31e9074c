// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static dev.switchback.model.VersionParts.BARE;
import static dev.switchback.model.VersionParts.isNumber;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.switchback.model.VersionParts.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what vendors write as a version, in one pass of three readings: where the numbers start,
 * how far they go, and what follows them. The rules are told at {@link Version}.
 */
final class VersionReader {

  /**
   * What stands before the numbers; group 1 is the name. First choice: nothing; then all up to a
   * separator before a number, unless a dotted number came earlier ({@code k8s-1.20}); then all up
   * to the first digit ({@code app1.2}).
   */
  private static final Pattern HEAD = Pattern.compile("(|[^.]*?[-_/ ]|[^0-9]*?)"
      + "(?:(?<![^-_./ ])(?:version|ver|v|release|rel|r)[-_./ ]*)*(?=[0-9])");

  /** Year and month with a dash, slash or underscore; whatever numbers go on from there. */
  private static final Pattern DASHED_DATE = Pattern.compile(
      "(?:19|20)[0-9]{2}[-_/](?:1[0-2]|0?[1-9])(?![0-9])(?:[-_/. t:][0-9]+)*(?:z(?![^+]))?");

  private static final Pattern DOTTED = Pattern.compile("[0-9]+(?:\\.[0-9]+)*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** A number, or a word of ASCII letters and any non-ASCII characters; all else separates. */
  private static final Pattern PART = Pattern.compile("[0-9]+|[a-z[^\\x00-\\x7f]]+");

  private static final Pattern WORD = Pattern.compile("[a-z]+");
  private static final Pattern BARE_REVISION = Pattern.compile("[_^][0-9]");

  /** The last one is Chinese for "official release", common where Rainbond comes from. */
  private static final Set<String> RELEASE_WORDS =
      Set.of("release", "final", "ga", "stable", "\u6b63\u5f0f\u7248");

  private static final Set<String> REVISION_WORDS =
      words("p patch sp hotfix fix post u update r rev");

  private static final Set<String> FLAVOUR_WORDS = words("""
          alpine debian ubuntu centos rhel ubi linux windows
          bookworm bullseye buster jammy focal noble
          slim full lite minimal distroless lts
          jre jdk openjdk temurin fpm apache nginx management
          amd arm oss ce ee community enterprise
          """);

  private VersionReader() {}

  /**
   * Reads a text that {@link Version#parse} accepts.
   *
   * @return its parts; never fails
   */
  static VersionParts read(String text) {
    String folded = fold(text);
    Matcher head = HEAD.matcher(folded);
    if (!head.lookingAt()) {
      return new VersionParts(folded, List.of(), List.of(), Stage.RELEASE, List.of());
    }
    String name = withoutTrailingSeparators(folded.substring(0, head.end(1)));
    int end = endOfNumbers(folded, head.end());
    List<String> numbers = numbersOf(folded.substring(head.end(), end));
    int build = folded.indexOf('+', end);
    List<String> parts = partsOf(folded.substring(end, build < 0 ? folded.length() : build));
    int revisionEnd = revisionEnd(parts);
    List<String> suffix = parts.subList(revisionEnd, parts.size());
    return new VersionParts(name, numbers, parts.subList(0, revisionEnd), stageOf(suffix), suffix);
  }

  /**
   * Lower case and plain spaces, one character for one: {@link String#toLowerCase()} may lengthen
   * the text.
   */
  private static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : Character.toLowerCase(c))
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static String withoutTrailingSeparators(String name) {
    int end = name.length();
    while (end > 0 && "-_./ ".indexOf(name.charAt(end - 1)) >= 0) {
      end--;
    }
    return name.substring(0, end);
  }

  private static int endOfNumbers(String folded, int start) {
    Matcher date = DASHED_DATE.matcher(folded).region(start, folded.length());
    if (date.lookingAt()) {
      return date.end();
    }
    Matcher dotted = DOTTED.matcher(folded).region(start, folded.length());
    return dotted.lookingAt() ? dotted.end() : start;
  }

  private static List<String> numbersOf(String run) {
    List<String> numbers = new ArrayList<>();
    NUMBER.matcher(run).results().forEach(n -> numbers.add(withoutLeadingZeros(n.group())));
    while (numbers.size() > 1 && numbers.get(numbers.size() - 1).equals("0")) {
      numbers.remove(numbers.size() - 1);
    }
    return numbers;
  }

  /** Returns the parts of a suffix, without the words that only say "this is the release". */
  private static List<String> partsOf(String tail) {
    List<String> parts = new ArrayList<>();
    if (BARE_REVISION.matcher(tail).lookingAt()) {
      parts.add(BARE);
    }
    Matcher part = PART.matcher(tail);
    while (part.find()) {
      boolean number = isNumber(part.group());
      if (!number) {
        dropReleaseWord(parts);
      }
      parts.add(number ? withoutLeadingZeros(part.group()) : part.group());
    }
    dropReleaseWord(parts);
    return parts;
  }

  private static void dropReleaseWord(List<String> parts) {
    if (!parts.isEmpty() && RELEASE_WORDS.contains(parts.get(parts.size() - 1))) {
      parts.remove(parts.size() - 1);
    }
  }

  private static int revisionEnd(List<String> parts) {
    int end = 0;
    while (end < parts.size()
        && (isRevisionWord(parts.get(end)) || (end > 0 && isNumber(parts.get(end))))) {
      end++;
    }
    return end;
  }

  private static Stage stageOf(List<String> suffix) {
    if (suffix.isEmpty()) {
      return Stage.RELEASE;
    }
    boolean flavour = FLAVOUR_WORDS.contains(suffix.get(0))
        && suffix.stream()
            .allMatch(p -> FLAVOUR_WORDS.contains(p) || isRevisionWord(p) || isNumber(p));
    return flavour ? Stage.FLAVOUR : Stage.PRE_RELEASE;
  }

  /** A release word that is still there has a number behind it. */
  private static boolean isRevisionWord(String part) {
    return part.equals(BARE) || REVISION_WORDS.contains(part) || RELEASE_WORDS.contains(part);
  }

  private static String withoutLeadingZeros(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static Set<String> words(String list) {
    return WORD.matcher(list).results().map(MatchResult::group).collect(toUnmodifiableSet());
  }
}
