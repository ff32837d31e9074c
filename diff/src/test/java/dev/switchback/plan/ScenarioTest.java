// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.Preset;
import dev.switchback.diff.PropertyKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays every file under {@code scenarios} and compares the plan it ends with.
 *
 * <p>{@code -Dscenarios.write=DIR} writes the files anew into DIR with the plans that come out now;
 * look at what changed before committing them.
 */
final class ScenarioTest {

  private static final String EXPECT = "\nexpect\n";

  static List<Path> scenarios() throws IOException, URISyntaxException {
    Path folder = Path.of(ScenarioTest.class.getResource("/scenarios").toURI());
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void plan_ofScenario_rendersAsExpected(Path file) throws IOException {
    String text = Files.readString(file).replace("\r\n", "\n");
    int at = text.indexOf(EXPECT);
    String script = at < 0 ? text.stripTrailing() + "\n" : text.substring(0, at);
    String expected = at < 0 ? "" : text.substring(at + EXPECT.length());

    String rendered = PlanTable.text(Scenario.play(script));

    String directory = System.getProperty("scenarios.write", "");
    if (directory.isEmpty()) {
      assertThat(rendered).as(file.getFileName().toString()).isEqualTo(expected);
    } else {
      Files.writeString(
          Path.of(directory).resolve(file.getFileName()),
          script.stripTrailing() + "\n" + EXPECT + rendered);
    }
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void presetScenario_decides_everyRowOfTheTable(Preset preset) throws IOException {
    try (InputStream file =
        ScenarioTest.class.getResourceAsStream("/scenarios/preset-" + preset.code() + ".txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
      Plan plan = Scenario.play(text.substring(0, text.indexOf(EXPECT)));
      assertThat(plan.decisions()).extracting(Decision::property).contains(PropertyKind.values());
    }
  }
}
