// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.app.StepId;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdsTest {

  private static final List<Function<String, Object>> FREE_TEXT =
      List.of(ComponentKey::new, TemplateId::new, RecordId::new, StepId::new);

  @ParameterizedTest
  @ValueSource(strings = {"a", "Shop", "0", "shop-2.prod_b"})
  void appId_ofAcceptedText_isKept(String text) {
    assertThat(new AppId(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "-a", ".a", "_a", "a b", "a/b", "..", "é", "a\n", "a\0b", "../etc"})
  void appId_ofOtherText_isRefused(String text) {
    assertThatThrownBy(() -> new AppId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid app id '")
        .hasMessageContaining("use 1 to 63 characters")
        .message()
        .doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void appId_ofGreatestLength_isKeptAndBeyondRefused() {
    assertThatCode(() -> new AppId("a".repeat(63))).doesNotThrowAnyException();
    assertThatThrownBy(() -> new AppId("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "a\nb", "a\0", "\u0085", "\u3000"})
  void freeTextIds_ofBlankOrControlCharacters_areRefused(String text) {
    for (Function<String, Object> id : FREE_TEXT) {
      assertThatThrownBy(() -> id.apply(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Invalid ");
    }
  }

  @Test
  void freeTextIds_ofAnyScript_areKept() {
    for (Function<String, Object> id : FREE_TEXT) {
      assertThat(id.apply("組件 1/ü:🚀")).hasToString("組件 1/ü:🚀");
    }
  }

  @Test
  void freeTextIds_ofHalfASurrogatePair_areRefused() {
    String rocket = "🚀";
    for (Function<String, Object> id : FREE_TEXT) {
      for (String half : List.of(rocket.substring(0, 1), rocket.substring(1))) {
        assertThatThrownBy(() -> id.apply("a" + half + "b"))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("half of a surrogate pair");
      }
    }
  }

  @Test
  void freeTextIds_areBounded() {
    List<Integer> limits = List.of(255, 200, 64, 128);
    for (int i = 0; i < FREE_TEXT.size(); i++) {
      Function<String, Object> id = FREE_TEXT.get(i);
      int limit = limits.get(i);
      assertThatCode(() -> id.apply("x".repeat(limit))).doesNotThrowAnyException();
      assertThatThrownBy(() -> id.apply("x".repeat(limit + 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("it has " + (limit + 1) + " characters, at most " + limit);
    }
  }

  @Test
  void versionRef_ofText_partsAtTheLastAt() {
    VersionRef ref = VersionRef.parse("a@b@v1.0");

    assertThat(ref.template()).isEqualTo(new TemplateId("a@b"));
    assertThat(ref.version().text()).isEqualTo("v1.0");
    assertThat(ref).hasToString("a@b@v1.0").isEqualTo(VersionRef.parse("a@b@1.0.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "@1.0", "a@", "@"})
  void versionRef_withoutBothParts_isRefused(String text) {
    assertThatThrownBy(() -> VersionRef.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write it as TEMPLATE@VERSION");
  }

  @Test
  void versionRef_order_isByTemplateThenVersion() {
    assertThat(List.of(
            VersionRef.parse("a@1.9"), VersionRef.parse("a@1.10"), VersionRef.parse("b@1.0")))
        .isSorted();
  }

  @Test
  void stepId_ofRecordAndIndex_isReadable() {
    assertThat(StepId.of(new RecordId("r1"), 3)).hasToString("r1-0003");
    assertThat(StepId.of(new RecordId("r1"), 12_345)).hasToString("r1-12345");
    assertThatThrownBy(() -> StepId.of(new RecordId("r1"), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stepId_whereDigitsAreWrittenOtherwise_isTheSame() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(StepId.of(new RecordId("r1"), 3)).hasToString("r1-0003");
    } finally {
      Locale.setDefault(before);
    }
  }
}
