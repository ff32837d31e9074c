// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 8785. */
final class CanonicalJsonTest {

  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2",
  })
  void text_ofDouble_isTheTextOfAppendixB(String bits, String expected) {
    double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertThat(CanonicalJson.text(DoubleNode.valueOf(value))).isEqualTo(expected);
  }

  @Test
  void text_ofInfinity_isRefused() {
    assertThatThrownBy(() -> CanonicalJson.text(DoubleNode.valueOf(Double.POSITIVE_INFINITY)))
        .isInstanceOf(IllegalArgumentException.class);
    JsonNode large = tree("1e400");
    assertThatThrownBy(() -> CanonicalJson.text(large))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(CanonicalJson.exactText(large)).isEqualTo("1E+400");
  }

  @Test
  void text_ofSample_isTheTextOfSection3() {
    String sample = """
        {
          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
          "literals": [null, true, false]
        }""";
    assertThat(CanonicalJson.text(tree(sample)))
        .isEqualTo("{\"literals\":[null,true,false],"
            + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void text_ofKeys_sortsByUtf16() {
    String sample = """
        {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
         "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
         "\\u00f6": "Latin Small Letter O With Diaeresis"}""";
    assertThat(CanonicalJson.text(tree(sample)).replaceAll("\"[^\"]*\":", ""))
        .isEqualTo(
            "{\"Carriage Return\",\"One\",\"Control\",\"Latin Small Letter O With Diaeresis\","
                + "\"Euro Sign\",\"Emoji: Grinning Face\",\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void text_ofHalfASurrogatePair_isRefused() {
    assertThatThrownBy(() -> CanonicalJson.bytes(TextNode.valueOf("a\ud83d")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.bytes(TextNode.valueOf("\ude00\ud83d")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void exactText_ofNumbersBeyondADouble_keepsThemApart() {
    assertThat(CanonicalJson.exactText(tree("[12345678901234567890,12345678901234567891,1.0,1e3]")))
        .isEqualTo("[12345678901234567890,12345678901234567891,1,1000]");
    assertThat(CanonicalJson.text(tree("12345678901234567891"))).isEqualTo("12345678901234567000");
  }

  private static JsonNode tree(String json) {
    return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), "sample");
  }
}
