// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Text for a terminal. */
final class TextTest {

  @Test
  void table_wideCharacters_areAligned() {
    Table table = Table.of("NAME", "IMAGE").row("数据库", "mysql").row("web", "nginx");
    assertThat(table.toString()).isEqualTo("NAME    IMAGE\n数据库  mysql\nweb     nginx\n");
  }

  @Test
  void table_lineOfOtherLength_isRefused() {
    assertThatThrownBy(() -> Table.of("A").row(1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void line_controlCharacters_areVisible() {
    assertThat(Text.line("a\u001b[31m\nb\u202e")).isEqualTo("a\\u001b[31m\\nb\\u202e");
    assertThat(Text.clean("a\u001b\nb")).isEqualTo("a\\u001b\nb");
  }

  @Test
  void shorten_longText_isCutBetweenCharacters() {
    assertThat(Text.shorten("abc", 3)).isEqualTo("abc");
    assertThat(Text.shorten("😀😀😀", 2)).isEqualTo("😀…");
  }
}
