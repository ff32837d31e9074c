// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionRangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00a6',
      value = {
        ">=1.4 <2.0 ¦ 1.4 ¦ true",
        ">=1.4 <2.0 ¦ v1.10.3 ¦ true",
        ">=1.4 <2.0 ¦ 2.0 ¦ false",
        ">=1.4 <2.0 ¦ 1.3.9 ¦ false",
        ">= 1.4, < 2.0 ¦ 1.5 ¦ true",
        "1.4 ¦ 1.4.0 ¦ true",
        "=1.4 ¦ 1.5 ¦ false",
        "!=1.4 ¦ 1.5 ¦ true",
        ">1.0 ¦ 1.0.0 ¦ false",
        "<=2024-05-01 ¦ 2024-04-30 ¦ true",
        "* ¦ latest ¦ true",
        "^1.4 ¦ 1.9.2 ¦ true",
        "^1.4 ¦ 2.0 ¦ false",
        "^1.4 ¦ v1.3 ¦ false",
        "~1.4.2 ¦ 1.4.9 ¦ true",
        "~1.4.2 ¦ 1.5.0 ¦ false",
        "1.x ¦ 1.7 ¦ true",
        "1.x ¦ 2.0 ¦ false",
        "1.4.* ¦ 1.4.3 ¦ true",
        "1.0 - 2.0 ¦ 1.5 ¦ true",
        "1.0 - 2.0 ¦ 2.1 ¦ false",
        "1.2 || >=1.4 ¦ 1.2.0 ¦ true",
        "1.2 || >=1.4 ¦ 1.3 ¦ false",
        "1.2 || >=1.4 ¦ 1.5 ¦ true",
      })
  void matches_version_asComparisonsSay(String range, String version, boolean expected) {
    assertThat(VersionRange.parse(range).matches(Version.parse(version))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ">=",
        ">= <",
        "^",
        "~x",
        "1.2 ||",
        "|| 1.2",
        "1.0 - ",
        "=>1",
        "[1.0,2.0)",
        "[1.0",
        "(1.0",
        "1.0]",
        "1.0)",
        "^latest",
        "foo bar",
        "1.0 2.0"
      })
  void parse_badRange_isRefused(String range) {
    assertThatThrownBy(() -> VersionRange.parse(range))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid version range");
    assertThat(VersionRange.find(range)).isEmpty();
  }

  @Test
  void toString_isTheTextItWasReadFrom() {
    assertThat(VersionRange.parse(" >=1.4,  <2.0 ")).hasToString(" >=1.4,  <2.0 ");
  }
}
