// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigestTest {

  /** The example of FIPS 180-2. */
  private static final String OF_ABC =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void of_knownText_isTheKnownDigest() {
    assertThat(Digest.of("abc")).hasToString(OF_ABC);
    assertThat(Digest.of("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(Digest.parse(OF_ABC));
    assertThat(Digest.of("abc").shortText()).isEqualTo("ba7816bf8f01");
  }

  @Test
  void from_bytesInPieces_isTheDigestOfTheWhole() {
    MessageDigest sha256 = Digest.newSha256();
    sha256.update(new byte[] {'a'});
    sha256.update(new byte[] {'b', 'c'});

    assertThat(Digest.from(sha256)).isEqualTo(Digest.of("abc"));
    assertThat(Digest.from(sha256)).isEqualTo(Digest.of(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "sha256:",
        "sha256:abc",
        "SHA256:ba7816bf8f01cfea414140de5dae2223b00361a3",
        "sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a/",
        "sha256:../../../../../../../../../../../../../../../../../../etc/passwd"
      })
  void parse_ofOtherText_isRefused(String text) {
    assertThatThrownBy(() -> Digest.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid digest '");
  }

  @Test
  void compareTo_isByDigits() {
    Digest low = new Digest("0".repeat(64));
    Digest high = new Digest("f".repeat(64));

    assertThat(low).isLessThan(high);
    assertThat(low.compareTo(new Digest("0".repeat(64)))).isZero();
  }
}
