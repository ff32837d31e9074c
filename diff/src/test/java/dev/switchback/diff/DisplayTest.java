// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.internal.Display;
import org.junit.jupiter.api.Test;

final class DisplayTest {

  @Test
  void width_ofWideAndCombiningCharacters_isWhatATerminalTakes() {
    assertThat(Display.width("")).isZero();
    assertThat(Display.width("web")).isEqualTo(3);
    assertThat(Display.width("商店")).isEqualTo(4);
    assertThat(Display.width("한글")).isEqualTo(4);
    assertThat(Display.width("ｆｕ")).isEqualTo(4);
    assertThat(Display.width("e\u0301\u200d")).isEqualTo(1);
    assertThat(Display.width("🚀")).isEqualTo(2);
    assertThat(Display.width("é→…")).isEqualTo(3);
    for (int wide : new int[] {
      0x1100, 0x115f, 0x2e80, 0xa4cf, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff00,
      0xff60, 0xffe0, 0xffe6, 0x1f300, 0x1faff, 0x20000, 0x3fffd
    }) {
      assertThat(Display.width(Character.toString(wide))).as("%x", wide).isEqualTo(2);
    }
    for (int narrow : new int[] {
      0x10ff, 0x1160, 0x2e7f, 0x303f, 0xa4d0, 0xabff, 0xd7a4, 0xfb00, 0xfe70, 0xff61, 0xffdf,
      0xffe7, 0x1f2ff, 0x1fb00, 0x1ffff, 0x3fffe
    }) {
      assertThat(Display.width(Character.toString(narrow))).as("%x", narrow).isEqualTo(1);
    }
  }

  @Test
  void pad_fillsUpToColumnsAndNeverCuts() {
    assertThat(Display.pad("商", 4)).isEqualTo("商  ");
    assertThat(Display.pad("long", 2)).isEqualTo("long");
  }

  @Test
  void oneLine_ofShortLongAndManyLines() {
    assertThat(Display.oneLine("short", 5)).isEqualTo("short");
    assertThat(Display.oneLine("line\n", 5)).isEqualTo("line");
    assertThat(Display.oneLine("a\nb", 80)).isEqualTo("2 lines, 3 characters");
    assertThat(Display.oneLine("x".repeat(100), 40))
        .isEqualTo("x".repeat(22) + "… (100 characters)");
    assertThat(Display.oneLine("商".repeat(100), 40))
        .isEqualTo("商".repeat(11) + "… (100 characters)");
    assertThat(Display.oneLine("x".repeat(100), 1)).isEqualTo("x".repeat(8) + "… (100 characters)");
    assertThat(Display.oneLine("", 5)).isEmpty();
    assertThat(Display.oneLine("\nb", 80)).isEqualTo("2 lines, 2 characters");
    assertThat(Display.oneLine("short", 4)).isEqualTo("short… (5 characters)");
  }

  @Test
  void size_countsLinesAndCharacters() {
    assertThat(Display.size("a")).isEqualTo("1 line, 1 character");
    assertThat(Display.size("a\nbc\n")).isEqualTo("2 lines, 5 characters");
  }

  @Test
  void differing_ofSeveralLines_showsThoseThatDo() {
    assertThat(Display.differing("a\nb", "a\nc", 80)).isEqualTo("2 lines, 3 characters, line 2: b");
    assertThat(Display.differing("a\nb\nz", "a\nb\nc\nd\nz", 80))
        .isEqualTo("3 lines, 5 characters");
    assertThat(Display.differing("a\nb\nc\nd\nz\n", "a\nb\nz\n", 80))
        .isEqualTo("5 lines, 10 characters, lines 3 to 4: c ↵ d");
    assertThat(Display.differing("a", "a\nb", 80)).isEqualTo("a");
    assertThat(Display.differing("a\nb", "", 80)).isEqualTo("2 lines, 3 characters");
    assertThat(Display.differing("a\nb", "a", 80)).isEqualTo("2 lines, 3 characters, line 2: b");
    assertThat(Display.differing("a\n" + "x".repeat(90), "a\nb", 60))
        .isEqualTo("2 lines, 92 characters, line 2: " + "x".repeat(27) + "…");
  }

  @Test
  void differing_ofLongLines_showsWhereTheyDo() {
    String common = "serve --listen=0.0.0.0 --data=/var/lib/data ";
    assertThat(Display.differing(common + "--x=1", common + "--x=2", 40))
        .isEqualTo("…a=/var/lib/data --x=1 (49 characters)");
    assertThat(Display.differing(common + "1".repeat(90), common, 60))
        .isEqualTo("…--data=/var/lib/data " + "1".repeat(20) + "… (134 characters)");
    assertThat(Display.differing(common, "run", 20)).isEqualTo(Display.oneLine(common, 20));
    assertThat(Display.differing("1", "2", 40)).isEqualTo("1");
    assertThat(Display.differing("🚀".repeat(60) + "1", "🚀".repeat(60) + "2", 60))
        .isEqualTo("…" + "🚀".repeat(10) + "1 (121 characters)");
  }

  @Test
  void clean_replacesWhatATerminalWouldObey() {
    assertThat(Display.clean("a\tb\u0000c\u2028d\u2029e\u200ef\u200fg\u202ah\u2066i\u2069j\u007fk"))
        .isEqualTo("a b?c?d?e?f?g?h?i?j?k");
    assertThat(Display.clean("x\ud800y\udfffz")).isEqualTo("x?y?z");
    assertThat(Display.clean("\u202ea\u2065b")).isEqualTo("?a\u2065b");
    assertThat(Display.clean("\u202d\u202f")).isEqualTo("?\u202f");
    assertThat(Display.clean("🚀")).isEqualTo("🚀");
  }

  @Test
  void markdown_escapesMarkup() {
    assertThat(Display.markdown("a|b*c_d`e[f]g#h~i\\j<k>l&m"))
        .isEqualTo("a\\|b\\*c\\_d\\`e\\[f\\]g\\#h\\~i\\\\j&lt;k&gt;l&amp;m");
  }
}
