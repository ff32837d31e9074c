// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.Image;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AppValuesTest {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PLANNED, 1, false",
    "RUNNING, 2, false",
    "SUCCEEDED, 3, true",
    "ROLLING_BACK, 4, false",
    "ROLLED_BACK, 5, true",
    "PARTLY_SUCCEEDED, 6, true",
    "PARTLY_ROLLED_BACK, 7, true",
    "FAILED, 8, true",
    "ROLLBACK_FAILED, 9, true",
    "DEPLOY_FAILED, 10, true"
  })
  void status_thatRainbondKnows_hasItsCode(RecordStatus status, int code, boolean terminal) {
    assertThat(status.code()).hasValue(code);
    assertThat(status.isTerminal()).isEqualTo(terminal);
  }

  @Test
  void status_codes_areNeverShared() {
    Map<Integer, RecordStatus> byCode = new HashMap<>();
    for (RecordStatus status : RecordStatus.values()) {
      status.code().ifPresent(code -> assertThat(byCode.put(code, status)).isNull());
    }

    assertThat(byCode).hasSize(10);
    assertThat(
            Arrays.stream(RecordStatus.values()).filter(status -> status.code().isEmpty()))
        .containsExactly(RecordStatus.PAUSED, RecordStatus.UNDONE, RecordStatus.CANCELLED);
  }

  @Test
  void lease_atItsEnd_isExpired() {
    Lease lease = new Lease(new AppId("shop"), "node", 1, NOON, NOON.plusSeconds(10));

    assertThat(lease.isExpired(NOON)).isFalse();
    assertThat(lease.isExpired(NOON.plusSeconds(10).minusNanos(1))).isFalse();
    assertThat(lease.isExpired(NOON.plusSeconds(10))).isTrue();
    assertThat(lease.isExpired(NOON.plusSeconds(11))).isTrue();
  }

  @Test
  void lease_ofBlankHolderOrNegativeFence_isRefused() {
    assertThatThrownBy(() -> new Lease(new AppId("shop"), " ", 1, NOON, NOON))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Lease(new AppId("shop"), "node", -1, NOON, NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void build_ofBlankVersion_isRefused() {
    assertThatThrownBy(() -> new Build(
            new AppId("shop"),
            new ComponentKey("web"),
            "",
            1,
            Build.Status.SUCCESS,
            Image.of("nginx"),
            "",
            NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid build version");
  }

  @Test
  void origins_ofAMapInAnotherOrder_areInTheOrderOfTheirKeys() {
    VersionRef ref = VersionRef.parse("shop@1.0");
    TreeMap<ComponentKey, Origin> backwards = new TreeMap<>(Comparator.reverseOrder());
    for (String key : List.of("a", "b", "c")) {
      backwards.put(new ComponentKey(key), new Origin(ref, new ComponentKey(key)));
    }

    AppState state = AppState.builder(new AppId("shop"), ref).origins(backwards).build();

    assertThat(state.origins().keySet())
        .containsExactly(new ComponentKey("a"), new ComponentKey("b"), new ComponentKey("c"));
  }
}
