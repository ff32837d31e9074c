// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.semver4j.Semver;

final class VersionLaws {

  private static final Pattern SPLIT = Pattern.compile(",");

  private static final String PIECES = """
      v,V,r,rel,release,version,ver,app,k8s,latest,dev
      0,00,1,01,2,10,2024,02024,05,12,20240501,1.0,1.2.3,99999999999999999999
      2024-05-01,2024-05,2024_5_1
      .,-,_,+, ,/,~,^,:,(,--,.-
      rc,RC,alpha,beta,m,snapshot,final,GA,stable,release
      p,patch,sp,hotfix,u,alpine,slim,jre,debian,t,z,x
      \u6b63\u5f0f\u7248,\u7248,\u0130,\u03a3,\ud83d\ude80,\u3000,\ud83d
      """;

  private static final Comparator<VersionParts> PART_BY_PART = Comparator.comparing(
          VersionLaws::nameRank)
      .thenComparing(VersionParts::name)
      .thenComparing(VersionParts::numbers, VersionLaws::compareLists)
      .thenComparing(VersionParts::revision, VersionLaws::compareLists)
      .thenComparing(VersionParts::stage)
      .thenComparing(VersionParts::suffix, VersionLaws::compareLists);

  @Property(tries = 5000)
  void compareTo_isAntisymmetric(
      @ForAll("mostlyClose") String left, @ForAll("mostlyClose") String right) {
    Version a = Version.parse(left);
    Version b = Version.parse(right);

    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
  }

  @Property(tries = 5000)
  void compareTo_isTransitive(
      @ForAll("mostlyClose") String first,
      @ForAll("mostlyClose") String second,
      @ForAll("mostlyClose") String third) {
    List<Version> sorted = List.of(first, second, third).stream()
        .map(Version::parse)
        .sorted(Comparator.naturalOrder())
        .toList();

    assertThat(sorted.get(0)).isLessThanOrEqualTo(sorted.get(1));
    assertThat(sorted.get(1)).isLessThanOrEqualTo(sorted.get(2));
    assertThat(sorted.get(0)).isLessThanOrEqualTo(sorted.get(2));
  }

  /** The order as it is told at {@link Version}, part by part: what the one key has to say. */
  @Property(tries = 20000)
  void compareTo_isTheOrderOfTheParts(
      @ForAll("mostlyClose") String left, @ForAll("mostlyClose") String right) {
    assertOrderOfTheParts(left, right);
  }

  @Property(tries = 10000)
  void compareTo_ofAnythingAccepted_isTheOrderOfTheParts(
      @ForAll("texts") String left, @ForAll("texts") String right) {
    assertOrderOfTheParts(left, right);
  }

  @Property(tries = 5000)
  void compareTo_ofTextsWithTheSameBeginning_isTheOrderOfTheParts(
      @ForAll("texts") String text, @ForAll("texts") String left, @ForAll("texts") String right) {
    assertOrderOfTheParts(joined(text, left), joined(text, right));
  }

  @Property(tries = 10000)
  void sortKey_isPlainAndBoundedAndNoBeginningOfAnother(
      @ForAll("texts") String left, @ForAll("mostlyClose") String right) {
    Version a = Version.parse(left);
    Version b = Version.parse(right);

    assertThat(a.sortKey())
        .matches("[a-z0-9._~-]+")
        .hasSizeLessThanOrEqualTo(5 * a.text().length() + 6);
    assertThat(a.sortKey().startsWith(b.sortKey())).isEqualTo(a.equals(b));
  }

  @Property(tries = 5000)
  void equality_isOneThing(
      @ForAll("mostlyClose") String left, @ForAll("mostlyClose") String right) {
    Version a = Version.parse(left);
    Version b = Version.parse(right);

    assertThat(a.equals(b)).isEqualTo(a.compareTo(b) == 0);
    assertThat(a.equals(b)).isEqualTo(a.normalized().equals(b.normalized()));
    assertThat(a.equals(b)).isEqualTo(a.sortKey().equals(b.sortKey()));
    assertThat(a.hashCode() == b.hashCode() || !a.equals(b)).isTrue();
  }

  @Property(tries = 20000)
  void normalized_isTheSameVersionAndStable(@ForAll("texts") String text) {
    assertNormalizedIsStable(text);
  }

  @Property(tries = 5000)
  void normalized_ofAnythingAccepted_isTheSameVersionAndStable(@ForAll("anything") String text) {
    assertNormalizedIsStable(text);
  }

  @Property(tries = 2000)
  void letterCase_neverCounts(@ForAll("asciiTexts") String text) {
    assertThat(Version.parse(text.toUpperCase(Locale.ROOT)))
        .isEqualTo(Version.parse(text.toLowerCase(Locale.ROOT)));
  }

  @Property(tries = 2000)
  void moreZerosAndV_areTheSameVersion(@ForAll("numbers") String numbers) {
    assertThat(Version.parse("v" + numbers + ".0")).isEqualTo(Version.parse(numbers));
  }

  /** Words apart from digits, numbers within a long: beyond that semver4j 6.0.0 is no oracle. */
  @Property(tries = 5000)
  void compareTo_ofValidSemVer_isItsPrecedence(
      @ForAll("semvers") String left, @ForAll("semvers") String right) {
    assertThat(Integer.signum(Version.parse(left).compareTo(Version.parse(right))))
        .isEqualTo(Integer.signum(new Semver(left).compareTo(new Semver(right))));
  }

  /** Numbers and identifiers as the library finds them: its reading is an oracle, too. */
  @Property(tries = 5000)
  void read_ofValidSemVer_findsItsIdentifiers(@ForAll("semvers") String text) {
    Semver semver = new Semver(text);
    VersionParts parts = VersionReader.read(text);
    List<String> numbers = Stream.of(semver.getMajor(), semver.getMinor(), semver.getPatch())
        .map(String::valueOf)
        .toList();

    assertThat(numbers).startsWith(parts.numbers().toArray(String[]::new));
    assertThat(numbers.subList(parts.numbers().size(), 3)).allMatch("0"::equals);
    assertThat(parts.name()).isEmpty();
    assertThat(parts.revision()).isEmpty();
    assertThat(parts.suffix()).isEqualTo(semver.getPreRelease());
    assertThat(Version.parse(text).isPreRelease())
        .isEqualTo(!semver.getPreRelease().isEmpty());
  }

  private static void assertOrderOfTheParts(String left, String right) {
    Version a = Version.parse(left);
    Version b = Version.parse(right);
    int expected = PART_BY_PART.compare(VersionReader.read(a.text()), VersionReader.read(b.text()));

    assertThat(Integer.signum(a.compareTo(b)))
        .as("%s against %s", left, right)
        .isEqualTo(Integer.signum(expected));
    assertThat(Integer.signum(a.sortKey().compareTo(b.sortKey())))
        .isEqualTo(Integer.signum(expected));
  }

  private static int nameRank(VersionParts parts) {
    return parts.numbers().isEmpty() ? 0 : parts.name().isEmpty() ? 2 : 1;
  }

  private static int compareLists(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int result = comparePart(left.get(i), right.get(i));
      if (result != 0) {
        return result;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int comparePart(String left, String right) {
    boolean number = VersionParts.isNumber(left);
    if (number != VersionParts.isNumber(right)) {
      return number ? -1 : 1;
    }
    return number ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
  }

  private static String joined(String left, String right) {
    String text = left.strip() + right.strip();
    return text.length() <= 128 ? text : text.substring(0, 128);
  }

  private static void assertNormalizedIsStable(String text) {
    Version version = Version.parse(text);
    Version again = Version.parse(version.normalized());

    assertThat(again).isEqualTo(version).isEqualByComparingTo(version);
    assertThat(again.normalized()).isEqualTo(version.normalized());
    assertThat(again.isPreRelease()).isEqualTo(version.isPreRelease());
    assertThat(version.normalized().length()).isLessThanOrEqualTo(version.text().length());
  }

  /** Every shape: pieces in free order, spellings of one version, SemVer, and plain noise. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(PIECES.lines().flatMap(SPLIT::splitAsStream).toList());
    Arbitrary<String> free = pieces.list().ofMinSize(1).ofMaxSize(8).map(p -> String.join("", p));
    return Arbitraries.oneOf(free, close(), semvers(), anything()).filter(VersionLaws::isAccepted);
  }

  /** Spellings of a handful of versions, so that two or three of them are often the same one. */
  @Provide
  Arbitrary<String> close() {
    return Combinators.combine(
            Arbitraries.of("", "v", "release-", "app-", "app", "k8s-"),
            Arbitraries.of("1", "1.0", "1.2", "2024-05", "2024.5", "2024.0"),
            Arbitraries.of("", "-", ".", "_", "+"),
            Arbitraries.of("", "rc", "p", "final", "alpine"),
            Arbitraries.of("", "1", "01", "10", ".1", "-rc1", "-alpine", "-p1"))
        .as((head, numbers, separator, word, end) -> head + numbers + separator + word + end);
  }

  @Provide
  Arbitrary<String> mostlyClose() {
    return Arbitraries.frequencyOf(Tuple.of(4, close()), Tuple.of(1, texts()));
  }

  /** Up to the full length, where a normalized form that grew would be refused. */
  @Provide
  Arbitrary<String> anything() {
    Arbitrary<String> dense =
        Arbitraries.strings().withChars("01a2v.-_+~^ r\u0130").ofMinLength(1).ofMaxLength(128);
    Arbitrary<String> wide = Arbitraries.strings().all().ofMinLength(1).ofMaxLength(60);
    return Arbitraries.oneOf(dense, wide).filter(VersionLaws::isAccepted);
  }

  @Provide
  Arbitrary<String> asciiTexts() {
    return texts().filter(text -> text.chars().allMatch(c -> c < 0x80));
  }

  @Provide
  Arbitrary<String> numbers() {
    return Arbitraries.strings()
        .numeric()
        .ofMinLength(1)
        .ofMaxLength(25)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(numbers -> String.join(".", numbers));
  }

  @Provide
  Arbitrary<String> semvers() {
    Arbitrary<String> identifiers = Arbitraries.of(
        "0",
        "1",
        "2",
        "10",
        "9223372036854775807",
        "a",
        "alpha",
        "alphaa",
        "beta",
        "m",
        "rc",
        "snapshot",
        "x");
    Arbitrary<String> preRelease = identifiers
        .list()
        .ofMaxSize(4)
        .map(list -> list.isEmpty() ? "" : "-" + String.join(".", list));
    Arbitrary<Integer> number = Arbitraries.of(0, 1, 2, 10);
    return Combinators.combine(number, number, number, preRelease, Arbitraries.of("", "+a", "+b.1"))
        .as((major, minor, patch, pre, build) -> major + "." + minor + "." + patch + pre + build);
  }

  private static boolean isAccepted(String text) {
    String trimmed = text.strip();
    return !trimmed.isEmpty()
        && trimmed.length() <= 128
        && trimmed.chars().noneMatch(Character::isISOControl);
  }
}
