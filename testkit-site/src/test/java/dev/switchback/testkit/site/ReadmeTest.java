// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of the README is a test that runs. */
final class ReadmeTest {

  @Test
  void readme_showsTheCompiledExample() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    String source = Files.readString(
        module.resolve("src/test/java/dev/switchback/testkit/site/ShopUpgradeTest.java"));

    assertThat(between(Files.readString(module.resolve("README.md")), "```java\n", "```"))
        .isEqualTo(between(source, "// region ready-site\n", "// endregion"));
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start);
    assertThat(from).as("where '%s' begins", start.strip()).isNotNegative();
    int to = text.indexOf(end, from + start.length());
    assertThat(to).as("where '%s' ends", start.strip()).isNotNegative();
    return text.substring(from + start.length(), to);
  }
}
