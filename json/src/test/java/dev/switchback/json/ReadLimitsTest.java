// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Limits are positive and depth stays within what can be walked. */
final class ReadLimitsTest {

  @Test
  void build_nothingSet_hasTheUsualLimits() {
    assertThat(ReadLimits.builder().build()).hasToString(ReadLimits.defaults().toString());
    assertThat(ReadLimits.defaults().maxBytes()).isEqualTo(67_108_864);
  }

  @Test
  void builder_limitThatCannotBe_isRefused() {
    ReadLimits.Builder builder = ReadLimits.builder();
    assertThatThrownBy(() -> builder.maxBytes(0)).hasMessageContaining("maxBytes");
    assertThatThrownBy(() -> builder.maxValues(-1)).hasMessageContaining("maxValues");
    assertThatThrownBy(() -> builder.maxDepth(1001)).hasMessageContaining("1000");
  }
}
