// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff.internal;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.Label;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Slices are cut at the same keys, lose nothing, and come back in order. */
final class SlicesLaws {

  /** Around the sizes at which there is one slice more. */
  @Provide
  Arbitrary<Keyed<Label>> collections() {
    Arbitrary<Integer> sizes = Arbitraries.of(
        0,
        1,
        Slices.SIZE - 1,
        Slices.SIZE,
        2 * Slices.SIZE - 1,
        2 * Slices.SIZE,
        4 * Slices.SIZE + 1);
    return sizes.flatMap(size -> Arbitraries.integers()
        .between(0, 5_000)
        .set()
        .ofSize(size)
        .map(numbers -> numbers.stream()
            .map(number -> new Label(Integer.toString(number), ""))
            .collect(Keyed.collector())));
  }

  @Property(tries = 60)
  void map_ofAnyCollections_givesEachItemToOneSliceWithAllOfItsKey(
      @ForAll("collections") Keyed<Label> first,
      @ForAll("collections") Keyed<Label> second,
      @ForAll("collections") Keyed<Label> third) {
    List<List<List<Label>>> slices = Slices.map(
        List.of(first, second, third), slice -> slice.stream().map(List::copyOf).toList());

    assertThat(joined(slices, 0)).isEqualTo(first.asList());
    assertThat(joined(slices, 1)).isEqualTo(second.asList());
    assertThat(joined(slices, 2)).isEqualTo(third.asList());
    Set<String> seen = new HashSet<>();
    for (List<List<Label>> slice : slices) {
      Set<String> keys = slice.stream().flatMap(List::stream).map(Label::key).collect(toSet());
      assertThat(keys).allMatch(seen::add);
    }
    assertThat(slices).hasSize(Math.max(1, first.size() / Slices.SIZE));
  }

  private static List<Label> joined(List<List<List<Label>>> slices, int collection) {
    List<Label> all = new ArrayList<>();
    slices.forEach(slice -> all.addAll(slice.get(collection)));
    return all;
  }

  @Example
  void map_ofASmallCollection_staysInTheThread() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Keyed<Label> small = Keyed.of(new Label("a", ""), new Label("b", ""));

    List<Boolean> result = Slices.map(List.of(small), slice -> threads.add(Thread.currentThread()));

    assertThat(result).containsExactly(true);
    assertThat(threads).containsExactly(Thread.currentThread());
  }
}
