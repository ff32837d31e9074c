// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComponentStoryTest {

  @Test
  void story_goesToTheNextBuildAndBack(@TempDir Path directory) {
    try (SimulatedBackend backend = new SimulatedBackend()) {
      PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);

      ComponentStory.Outcome outcome = new ComponentStory(directory, backend, out).tell();

      assertThat(outcome.running()).containsExactly("nginx:1.11", "nginx:1.12", "nginx:1.11");
      assertThat(outcome.builds())
          .extracting(build -> build.image().reference())
          .containsExactly("nginx:1.12", "nginx:1.11");
      assertThat(outcome.rollback().status()).isEqualTo(RecordStatus.ROLLED_BACK);
      assertThat(backend.serving(new AppId("site"), new ComponentKey("web")))
          .hasValueSatisfying(web -> assertThat(web.image().reference()).isEqualTo("nginx:1.11"));
    }
  }
}
