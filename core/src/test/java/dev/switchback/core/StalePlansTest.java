// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StalePlansTest {

  /** Counts how often values are compared: the check runs under the app's lease. */
  private record Compared(int value, AtomicInteger times) {

    @Override
    public boolean equals(Object other) {
      times.incrementAndGet();
      return other instanceof Compared that && value == that.value;
    }

    @Override
    public int hashCode() {
      return value;
    }
  }

  @Test
  void onlyIn_twentyThousandOfEach_comparesEachOnce() {
    AtomicInteger times = new AtomicInteger();
    List<Compared> then = numbers(0, 20_000, times);
    List<Compared> now = numbers(1, 20_001, times);

    List<Compared> added = StalePlans.onlyIn(now, then);
    List<Compared> gone = StalePlans.onlyIn(then, now);

    assertThat(added).extracting(Compared::value).containsExactly(20_000);
    assertThat(gone).extracting(Compared::value).containsExactly(0);
    assertThat(times.get()).isLessThanOrEqualTo(40_000);
  }

  @Test
  void onlyIn_severalMissing_keepsTheirOrder() {
    assertThat(StalePlans.onlyIn(List.of("c", "a", "b"), List.of("a"))).containsExactly("c", "b");
  }

  private static List<Compared> numbers(int from, int to, AtomicInteger times) {
    return IntStream.range(from, to)
        .mapToObj(value -> new Compared(value, times))
        .toList();
  }
}
