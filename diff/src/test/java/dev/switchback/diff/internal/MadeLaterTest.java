// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MadeLaterTest {

  @Test
  void copyOf_aListMadeLater_doesNotMakeIt() {
    AtomicInteger made = new AtomicInteger();
    List<String> later = new MadeLater<>(() -> List.of("a" + made.incrementAndGet()));

    List<String> copy = MadeLater.copyOf(later);

    assertThat(made).hasValue(0);
    assertThat(copy).containsExactly("a1").isEqualTo(List.of("a1"));
    assertThat(made).hasValue(1);
  }

  @Test
  void copyOf_anotherList_doesNotFollowIt() {
    List<String> list = new ArrayList<>(List.of("a"));
    List<String> copy = MadeLater.copyOf(list);
    list.add("b");

    assertThat(copy).containsExactly("a");
  }

  @Test
  void add_isRefused() {
    List<String> later = new MadeLater<>(() -> new ArrayList<>(List.of("a")));

    assertThatThrownBy(() -> later.add("b")).isInstanceOf(UnsupportedOperationException.class);
  }
}
