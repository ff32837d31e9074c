// SPDX-License-Identifier: Apache-2.0
package dev.switchback.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.spec.Label;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A keyed collection does what a sorted map does. */
final class KeyedLaws {

  @Property(tries = 300)
  void copyOf_inAnyOrder_isTheSameCollection(
      @ForAll("items") Collection<Label> items, @ForAll Random random) {
    List<Label> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, random);

    Keyed<Label> keyed = Keyed.copyOf(items);

    assertThat(Keyed.copyOf(shuffled)).isEqualTo(keyed).hasSameHashCodeAs(keyed);
    assertThat(Keyed.copyOf(shuffled).asList()).isEqualTo(keyed.asList());
    assertThat(keyed.asList()).containsExactlyElementsOf(items);
    Keyed<Label> collected = shuffled.stream().collect(Keyed.collector());
    assertThat(collected).isEqualTo(keyed);
    assertThat(keyed.isEmpty()).isEqualTo(items.isEmpty());
  }

  @Property(tries = 300)
  void find_ofKey_isWhatAMapFinds(
      @ForAll("items") Collection<Label> items, @ForAll("keys") String key) {
    Keyed<Label> keyed = Keyed.copyOf(items);
    Optional<Label> expected =
        items.stream().filter(item -> item.key().equals(key)).findFirst();

    assertThat(keyed.find(key)).isEqualTo(expected);
    assertThat(keyed.contains(key)).isEqualTo(expected.isPresent());
  }

  @Property(tries = 300)
  void withAndWithout_ofItem_areWhatAMapDoes(
      @ForAll("items") Collection<Label> items, @ForAll("keys") String key) {
    Keyed<Label> keyed = Keyed.copyOf(items);
    Map<String, Label> map = new TreeMap<>();
    items.forEach(item -> map.put(item.key(), item));

    map.put(key, new Label(key, "new"));
    Keyed<Label> with = keyed.with(new Label(key, "new"));
    assertThat(with.asList()).containsExactlyElementsOf(map.values());

    map.remove(key);
    assertThat(with.without(key).asList()).containsExactlyElementsOf(map.values());
    assertThat(keyed.asList()).containsExactlyElementsOf(items);
  }

  @Property(tries = 300)
  void with_manyEdits_isWhatAMapDoes(
      @ForAll("items") Collection<Label> items,
      @ForAll("edits") Map<String, Optional<Label>> edits) {
    Keyed<Label> keyed = Keyed.copyOf(items);
    Map<String, Label> map = new TreeMap<>();
    items.forEach(item -> map.put(item.key(), item));
    edits.forEach((key, item) -> {
      map.remove(key);
      item.ifPresent(present -> map.put(key, present));
    });

    assertThat(keyed.with(edits).asList()).containsExactlyElementsOf(map.values());
    assertThat(keyed.asList()).containsExactlyElementsOf(items);
  }

  @Example
  void with_anItemUnderAnotherKey_isRefused() {
    assertThatThrownBy(() ->
            Keyed.<Label>empty().with(Map.of("a", Optional.of(new Label("b", "")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid edit of 'a': the item has the key 'b'");
  }

  @Property(tries = 300)
  void sharing_withAnEarlierOne_isEqualAndHoldsItsItems(
      @ForAll("items") Collection<Label> items, @ForAll("items") Collection<Label> others) {
    Keyed<Label> keyed = Keyed.copyOf(items);
    Keyed<Label> earlier = Keyed.copyOf(others);

    Keyed<Label> shared = keyed.sharing(earlier);

    assertThat(shared).isEqualTo(keyed);
    for (Label item : shared) {
      earlier
          .find(item.key())
          .filter(item::equals)
          .ifPresent(before -> assertThat(item).isSameAs(before));
    }
    if (keyed.equals(earlier)) {
      assertThat(shared).isSameAs(earlier);
    }
  }

  @Property(tries = 100)
  void twoItems_withOneKey_areRefusedByName(
      @ForAll("items") Collection<Label> items, @ForAll("keys") String key) {
    List<Label> twice = new ArrayList<>(items);
    twice.add(new Label(key, "one"));
    twice.add(new Label(key, "two"));

    assertThatThrownBy(() -> Keyed.copyOf(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid collection: the key '" + key + "' stands twice");
  }

  @Example
  void collection_onceMade_cannotBeChanged() {
    List<Label> source = new ArrayList<>(List.of(new Label("a", "1")));
    Keyed<Label> keyed = Keyed.copyOf(source);
    source.clear();

    assertThat(keyed.size()).isOne();
    assertThatThrownBy(() -> keyed.asList().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> keyed.iterator().remove())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Example
  void without_ofAbsentKey_isTheSameCollection() {
    Keyed<Label> keyed = Keyed.of(new Label("a", "1"));

    assertThat(keyed.without("b")).isSameAs(keyed);
    assertThat(Keyed.<Label>of()).isSameAs(Keyed.<Label>empty());
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of("", "a", "b", "B", "aa", "10", "9", "é", "中", "\uD83D\uDE80", "\uFF21");
  }

  @Provide
  Arbitrary<Map<String, Optional<Label>>> edits() {
    return Arbitraries.maps(keys(), Arbitraries.of(true, false)).ofMaxSize(8).map(puts -> {
      Map<String, Optional<Label>> edits = new HashMap<>();
      puts.forEach((key, put) ->
          edits.put(key, put ? Optional.of(new Label(key, "new")) : Optional.empty()));
      return edits;
    });
  }

  /** Distinct keys, in key order. */
  @Provide
  Arbitrary<Collection<Label>> items() {
    return Combinators.combine(keys(), Arbitraries.of("1", "2"))
        .as(Label::new)
        .list()
        .ofMaxSize(12)
        .map(list -> {
          Map<String, Label> map = new TreeMap<>();
          list.forEach(item -> map.put(item.key(), item));
          return map.values();
        });
  }
}
