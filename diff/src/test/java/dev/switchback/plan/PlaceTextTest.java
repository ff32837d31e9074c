// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env:web:DB_HOST",
        "env:web:A:B",
        "image:web:",
        "component:web:web",
        "config-item::database/host",
        "http-route::web:80www.example.com/",
        "env:node%3A1%2525:X"
      })
  void parse_textOfPlace_comesBack(String text) {
    assertThat(PlaceText.of(PlaceText.parse(text))).isEqualTo(text);
  }

  @Test
  void of_colonInKey_isEscaped() {
    Place place = Place.of(new ComponentKey("a:b%"), PropertyKind.ENV, "X:Y");

    assertThat(PlaceText.of(place)).isEqualTo("env:a%3Ab%25:X:Y");
    assertThat(PlaceText.parse(PlaceText.of(place))).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "env", "env:web", "envy:web:A", "env::A", "config-item:web:a/b"})
  void parse_badText_isRefused(String text) {
    assertThatThrownBy(() -> PlaceText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid item");
  }

  @Test
  void parse_componentWhereNoneBelongs_saysWhatBelongsWhere() {
    assertThatThrownBy(() -> PlaceText.parse("env::A"))
        .hasMessage("Invalid item 'env::A': env belongs to a component");
    assertThatThrownBy(() -> PlaceText.parse("config-item:web:a/b"))
        .hasMessage("Invalid item 'config-item:web:a/b': config-item belongs to the app");
  }
}
