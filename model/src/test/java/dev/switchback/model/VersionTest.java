// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionTest {

  /** Ascending; the texts of one line, parted by {@code |}, are one version. */
  private static final List<String> ASCENDING = """
      dev
      latest|LATEST|Latest
      main
      stable
      \u6700\u65b0\u7248
      app-1.2.3|App 1.2.3|app-v1.2.3|app1.2.3.0
      app-1.10|app-1.10.0
      k8s-1.9
      k8s-1.20-rc1
      k8s-1.20|K8s-v1.20
      \u7248\u672c1.0|\u7248\u672c 1
      0|0.0.0|v0
      0.0.1
      1.0-~5|1.0.0-5
      1.0.0-20240501120000
      1.0-\u0391.1|1.0-\u03b1.1
      1.0-\u6d4b\u8bd5\u7248
      1.0|1|v1|V1.0.0|1.0.0.0|01.0|1.0-final|1.0.Final|1.0-GA|1.0.RELEASE|release-1.0\
      |rel_1|r1|ver1.0|Version 1.0|v.1.0|release-v1|release/1.0|1.0.0+a|1.0.0+b.5|1.0+|1.0-stable\
      |1.0-\u6b63\u5f0f\u7248
      1.0-alpine|v1.0.0_Alpine
      1.0-alpine3.18|1-alpine-3.18
      1.0-alpine-slim
      1.0-debian-11-r5
      1.0-jre
      1.0_2|1.0^2
      1.0_10
      1.0-hotfix1|1.0.0.hotfix.1
      1.0-hotfix1-alpine
      1.0-p1-rc2
      1.0-p1|1.0p1|1.0.0-P.01
      1.0-p1-hotfix2
      1.0-p2
      1.0-p10
      1.0-patch1
      1.0-release-2
      1.0-sp1|1.0.SP1
      1.0.0.1
      1.0.1
      1.2-rc1
      1.2|1.02|1.2.0.0
      1.2.3
      1.2.3.4
      1.2.3.4.5
      1.9
      1.10
      2.0.0-1|2.0-1
      2.0.0-2
      2.0.0-99999999999999999999
      2.0.0-alpha|2.0-ALPHA
      2.0.0-alpha.1|2.0.0-alpha1|2.0alpha1
      2.0.0-alpha.beta
      2.0.0-beta|v2.0.0-beta
      2.0.0-beta.2
      2.0.0-beta.11
      2.0-M1
      2.0-m2
      2.0.0-rc.1|2.0-RC1|2.0.0.rc1|2.0 (RC 1)|2.0~rc1
      2.0-rc2|2.0rc2|2.0.0.rc2|2.0-rc-02|2.0.0-rc.2+build.7
      2.0-rc10
      2.0-rc99999999999999999998
      2.0-rc99999999999999999999
      2.0-rc100000000000000000000
      2.0-SNAPSHOT|2.0-snapshot
      2.0|v2.0
      2.5|release-2.5
      5.7.1
      5.7.1-alpine
      5.14.2-rc1
      5.14.2|5.14.2-release
      2023.12.31|2023-12-31
      2024-04
      2024-05|2024.5|2024/05
      2024-05-01|2024.05.01|2024.5.1|v2024-05-01|2024_05_01|2024-5-1
      2024-05-01-2|2024.5.1.2
      2024-05-01T12:30:00Z|2024-05-01 12:30
      2024-05-02-rc1
      2024-05-02
      2024-12-01
      2025-01-01
      2025.1.1-hotfix1
      20240501
      20240502
      9223372036854775808.0
      99999999999999999999999
      """.lines().toList();

  @Test
  void compareTo_overTheTable_isTheWrittenOrder() {
    List<List<Version>> groups = ASCENDING.stream()
        .map(line -> List.of(line.split("\\|", -1)).stream().map(Version::parse).toList())
        .toList();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = 0; j < groups.size(); j++) {
        for (Version left : groups.get(i)) {
          for (Version right : groups.get(j)) {
            assertThat(Integer.signum(left.compareTo(right)))
                .as("%s against %s", left, right)
                .isEqualTo(Integer.compare(i, j));
            assertThat(left.equals(right)).as("%s equals %s", left, right).isEqualTo(i == j);
            assertThat(left.normalized().equals(right.normalized())).isEqualTo(i == j);
            assertThat(Integer.signum(byBytes(left.sortKey(), right.sortKey())))
                .as("keys %s against %s", left.sortKey(), right.sortKey())
                .isEqualTo(Integer.compare(i, j));
          }
        }
      }
      assertThat(groups.get(i).stream().map(Version::hashCode).distinct()).hasSize(1);
    }
  }

  @Test
  void sort_ofTheShuffledTable_restoresIt() {
    List<String> firsts =
        ASCENDING.stream().map(line -> line.split("\\|", -1)[0]).toList();
    List<String> shuffled = new ArrayList<>(firsts);
    Collections.shuffle(shuffled, new Random(7));

    assertThat(shuffled.stream().map(Version::parse).sorted().map(Version::text))
        .containsExactlyElementsOf(firsts);
  }

  @ParameterizedTest
  @CsvSource({
    "v2.0, 2",
    "1.0.0-RC.1+b5, 1rc1",
    "V1.2.0, 1.2",
    "5.14.2-release, 5.14.2",
    "1.0_2, 1^2",
    "1.0.0-5, 1~5",
    "1.0-alpha.beta.2, 1alpha.beta2",
    "2024-05-01, 2024.5.1",
    "Latest, latest",
    "App 1.2, app1.2",
    "K8s v1.20, k8s-1.20",
    "0.0, 0",
    "2024.0-5, 2024~5"
  })
  void normalized_ofText_isCanonical(String text, String normalized) {
    assertThat(Version.parse(text).normalized()).isEqualTo(normalized);
  }

  @ParameterizedTest
  @CsvSource({
    "latest, 0latest---1-",
    "App 1.2, 1app-1112--1-",
    "K8s/x v1.20, 1k8s.002fx-11220--1-",
    "1.2.0, 2-1112--1-",
    "v1.2.0-RC.1+b5, 2-1112--0rc-11-",
    "1.0_2, 2-11-_12-1-",
    "1.0-p1-alpine, 2-11-p-11-2alpine--",
    "12345678, 2-812345678--1-",
    "20240501120000, 2-901420240501120000--1-",
    "1.0-\u00e9, 2-11--0~00e9--"
  })
  void sortKey_ofText_isItsPartsInOrder(String text, String key) {
    assertThat(Version.parse(text).sortKey()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u7248", "1", "1.", "1-\u7248.", "1_1", "~", "9"})
  void sortKey_ofTheLongestText_keepsTheBound(String piece) {
    String text = piece.repeat(128).substring(0, 128);

    assertThat(Version.parse(text).sortKey()).hasSizeLessThanOrEqualTo(646);
  }

  @Test
  void sortKey_ofANameOfTheLongestText_reachesTheBound() {
    assertThat(Version.parse("\u7248".repeat(128)).sortKey()).hasSize(646);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0-rc1",
        "1.0rc2",
        "2.0-SNAPSHOT",
        "1.0.0-1",
        "1.0-p1-rc1",
        "1.0-alpine-rc1",
        "app-1.0-m1",
        "1.0-something",
        "1.0.0-20240501120000"
      })
  void isPreRelease_beforeTheRelease_isTrue(String text) {
    assertThat(Version.parse(text).isPreRelease()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "latest",
        "dev",
        "5.7.1-alpine",
        "1.0-final",
        "1.0_2",
        "1.0-sp1",
        "2024-05-01",
        "1.0+rc1",
        "k8s-1.20",
        "1.0-debian-11-r5",
        "2024-05-01T12:00:00Z"
      })
  void isPreRelease_ofOtherTexts_isFalse(String text) {
    assertThat(Version.parse(text).isPreRelease()).isFalse();
  }

  @Test
  void text_ofPaddedText_isTrimmed() {
    Version version = Version.parse("  v1.0-RC1 \n");

    assertThat(version.text()).isEqualTo("v1.0-RC1");
    assertThat(version).hasToString("v1.0-RC1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "1.0\u00002", "1.\n0", "1.0\u0085x"})
  void parse_ofUnacceptableText_isRefused(String text) {
    assertThatThrownBy(() -> Version.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid version \"")
        .hasMessageContaining("accepted is any text of 1 to 128 characters")
        .message()
        .doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f]");
  }

  @Test
  void parse_atTheLengthLimit_isAcceptedAndBeyondRefused() {
    String longest = "9".repeat(128);

    assertThat(Version.parse(longest).normalized()).isEqualTo(longest);
    assertThatThrownBy(() -> Version.parse(longest + "9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + "9".repeat(40) + "...\" (129 characters)");
  }

  @Test
  void parse_ofHostileLongText_isQuick() {
    for (String piece : List.of("v-", "r", "version ", "a-r ", ". ", "-", "a1-", "2024-05")) {
      String text = piece.repeat(128).substring(0, 127) + "x";
      assertThat(Version.parse(text))
          .isEqualTo(Version.parse(Version.parse(text).normalized()));
    }
  }

  @Test
  void table_holdsAtLeastSixtyTexts() {
    assertThat(ASCENDING.stream().collect(Collectors.joining("|")).split("\\|", -1))
        .hasSizeGreaterThan(60);
  }

  /** As a database with binary collation does. */
  private static int byBytes(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
