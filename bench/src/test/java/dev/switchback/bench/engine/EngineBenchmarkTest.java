// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.ExecutionOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is measured does what it says. */
final class EngineBenchmarkTest {

  @Test
  void upgrade_changesEveryComponentInLayers() {
    TimedBackend instant = new TimedBackend(Duration.ZERO, Duration.ZERO);
    try (Upgrade upgrade = new Upgrade(250, instant, instant)) {
      assertThat(upgrade.rounds(16)).isEqualTo(7 + 7 + 4);
      assertThat(upgrade
              .execute(ExecutionOptions.builder().healthyInARow(1).build())
              .results())
          .hasSize(250);
    }
  }
}
