// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.model.Keyed;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Label;
import org.junit.jupiter.api.Test;

final class SpecJsonTest {

  @Test
  void component_withSecretsInLabels_masksThoseOnly() {
    JsonNode labels = SpecJson.component(Component.builder("web")
            .labels(Keyed.of(
                new Label("tier", "front"),
                new Label("api-token", "hunter2"),
                new Label("args", "--password hunter2")))
            .build())
        .at("/labels");

    assertThat(labels.at("/tier").asText()).isEqualTo("front");
    assertThat(labels.at("/api-token").asText()).isEqualTo("(secret)");
    assertThat(labels.at("/args").asText()).isEqualTo("(secret)");
  }
}
