// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ErrorsTest {

  @Test
  void explain_ofObstacle_namesPlaceReasonAndNextStep() {
    assertThat(new Obstacle("bad-port", "$.apps[0]", "port 0", "use another").explain())
        .isEqualTo("$.apps[0]: port 0 (use another)");
    assertThat(Obstacle.of("bad-port", "port 0", "").explain()).isEqualTo("port 0");
  }

  @Test
  void refusal_carriesEveryReason() {
    Obstacle one = Obstacle.of("one", "first reason", "");
    Obstacle two = Obstacle.of("two", "second reason", "do that");
    RefusedException refusal = new RefusedException("Cannot do it", List.of(one, two));

    assertThat(refusal.obstacles()).containsExactly(one, two);
    assertThat(refusal.code()).isEqualTo("refused");
    assertThat(refusal.mayRetry()).isFalse();
    assertThat(refusal).hasMessage("Cannot do it:\n  - first reason\n  - second reason (do that)");
  }

  @Test
  void refusal_withoutReason_isRefused() {
    assertThatThrownBy(() -> new RefusedException("Cannot do it", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unknownOutcome_mayNotBeRetriedBlindly() {
    OutcomeUnknownException unknown = new OutcomeUnknownException("no answer", null);

    assertThat(unknown.code()).isEqualTo("outcome-unknown");
    assertThat(unknown.mayRetry()).isFalse();
  }
}
