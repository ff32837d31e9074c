// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page in the documentation says what the table says; see the page on how to write it anew. */
final class PropertyRulesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "property-rules.md");

  @Test
  void page_inTheDocumentation_isWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("switchback.regenerate")) {
      Files.writeString(PAGE, PropertyRulesPage.write());
    }

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("docs/property-rules.md; write it anew with: mvn test -pl diff -am"
            + " -Dtest=PropertyRulesPageTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dswitchback.regenerate=true")
        .isEqualTo(PropertyRulesPage.write());
  }
}
