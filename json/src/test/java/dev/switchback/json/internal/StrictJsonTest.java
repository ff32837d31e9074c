// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, where, and why. */
final class StrictJsonTest {

  private static final Limits SMALL = new Limits(2000, 4, 50, 20, 30);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"b\":{\"c\":[1,{\"d\":1,\"d\":2}]}} | duplicate-key    | $.b.c[1].d",
        "{\"a b\":{\"a b\":1,\"a b\":2}}               | duplicate-key    | $['a b']['a b']",
        "{\"a\":[1,NaN]}                               | not-finite       | $.a[1]",
        "{\"a\":-Infinity}                             | not-finite       | $.a",
        "{\"a\":[1,2}                                  | invalid-json     | $.a[2]",
        "{\"a\":[1,2                                   | invalid-json     | $.a[2]",
        "{\"a\":\"open                                 | invalid-json     | $.a",
        "{\"a\":01}                                    | invalid-json     | $.a",
        "{\"a\":'b'}                                   | invalid-json     | $.a",
        "{} {}                                         | trailing-content | $",
        "[1] x                                         | invalid-json     | $",
        "``                                            | invalid-json     | $",
        "{\"a\":\"\\ud83d\"}                           | invalid-text     | $.a",
        "{\"a\":\"\\ude00\\ud83d\"}                    | invalid-text     | $.a",
        "{\"a\":[[[[1]]]]}                             | too-deep         | $.a[0][0][0]",
        "{\"a\":123456789012345678901}                 | number-too-long  | $.a",
        "{\"a\":1e99999999999}                         | number-out-of-range | $.a",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] | too-many-values | $[29]",
      })
  void read_whatIsNotAllowed_isRefusedWithItsPath(String json, String code, String place) {
    Obstacle obstacle = refusal(json.getBytes(StandardCharsets.UTF_8));
    assertThat(obstacle.code() + " " + obstacle.place()).isEqualTo(code + " " + place);
  }

  @Test
  void read_longString_isRefused() {
    Obstacle obstacle =
        refusal(("{\"a\":[\"" + "x".repeat(51) + "\"]}").getBytes(StandardCharsets.UTF_8));
    assertThat(obstacle.code() + " " + obstacle.place()).isEqualTo("string-too-long $.a[0]");
    assertThat(obstacle.message()).contains("50");
  }

  @Test
  void read_tooManyBytes_isRefused() {
    assertThat(refusal(new byte[2001]).code()).isEqualTo("too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "22c02022",
        "22c0af22",
        "22eda08022",
        "22f490808022",
        "22f8888080808022",
        "2280",
        "22e28222",
        "fffe2200",
        "feff0022",
        "22002200",
        "00220022",
        "22ff22",
        "efbbbfefbbbf2222"
      })
  void read_whatIsNotUtf8_isRefused(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(refusal(bytes).code()).isEqualTo("invalid-utf8");
  }

  @Test
  void read_byteOrderMark_isAllowed() {
    byte[] json = "\ufeff{\"a\":\"€😀\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(StrictJson.read(json, "text").get("a").asText()).isEqualTo("€😀");
  }

  @Test
  void read_brokenText_isNotQuoted() {
    Obstacle obstacle = refusal("{\"password\":hunter2}".getBytes(StandardCharsets.UTF_8));
    assertThat(obstacle.explain()).contains("line 1").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0",
        "0.0",
        "1.50",
        "1e3",
        "1E+400",
        "12345678901234567890",
        "-1",
        "9223372036854775807",
        "\"\\u0001\"",
        "[]",
        "{}",
        "null"
      })
  void write_afterRead_keepsTheText(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThat(StrictJson.write(StrictJson.read(bytes, "text"))).isEqualTo(bytes);
  }

  private static Obstacle refusal(byte[] json) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> StrictJson.read(json, "sample", SMALL));
    assertThat(refused).isNotNull();
    assertThat(refused.obstacles()).hasSize(1);
    return refused.obstacles().get(0);
  }
}
