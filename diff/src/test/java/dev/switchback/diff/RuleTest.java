// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RuleTest {

  @Test
  void words_sayWhatTheRuleDoes() {
    assertThat(Rule.keep().words(PropertyKind.ENV)).isEqualTo("not touched");
    assertThat(Rule.merge().words(PropertyKind.ENV)).isEqualTo("three-way");
    assertThat(Rule.apply().words(PropertyKind.ENV)).isEqualTo("add, update, delete");
    assertThat(Rule.apply().words(PropertyKind.IMAGE)).isEqualTo("update");
    assertThat(Rule.apply().words(PropertyKind.DEPENDENCY)).isEqualTo("add, delete");
    assertThat(Rule.keep().onEdited(Answer.MERGE).words(PropertyKind.IMAGE))
        .isEqualTo("update three-way");
    assertThat(PropertyKind.PORT.rule(Preset.RAINBOND).words(PropertyKind.PORT))
        .isEqualTo("add, update alias and protocol, open inner and outer but never close");
    assertThat(Rule.keep().onEdited(Answer.APPLY).onlyFields("c", "a", "b").words(PropertyKind.ENV))
        .isEqualTo("update a, b and c");
    assertThat(Rule.apply().openingOnly("outer").words(PropertyKind.PORT))
        .isEqualTo("add, open outer but never close, delete");
    assertThat(PropertyKind.DEPENDENCY.rule(Preset.RAINBOND).words(PropertyKind.DEPENDENCY))
        .isEqualTo("add, delete between components of the template");
    assertThat(PropertyKind.CONNECTION.rule(Preset.RAINBOND).words(PropertyKind.CONNECTION))
        .isEqualTo("add, regenerate what is derived from a port");
  }

  @Test
  void equals_comparesEverything() {
    Rule rule = Rule.keep();

    assertThat(Rule.keep().onAdded(Answer.KEEP)).isEqualTo(rule).hasSameHashCodeAs(rule);
    assertThat(rule)
        .isNotEqualTo(rule.onAdded(Answer.APPLY))
        .isNotEqualTo(rule.onEdited(Answer.APPLY))
        .isNotEqualTo(rule.onRemoved(Answer.APPLY))
        .isNotEqualTo(rule.onlyFields("a"))
        .isNotEqualTo(rule.openingOnly("a"))
        .isNotEqualTo(rule.insideTemplate())
        .isNotEqualTo(rule.regeneratingDerived())
        .isNotEqualTo("rule");
    assertThat(rule.onRemoved(Answer.APPLY).removed()).isEqualTo(Answer.APPLY);
    assertThat(rule.onRemoved(Answer.APPLY)).doesNotHaveSameHashCodeAs(rule);
    assertThat(rule.onlyFields("b", "a")).isEqualTo(rule.onlyFields("a", "b"));
    assertThat(rule.onlyFields("b", "a").fields()).containsExactly("a", "b");
    assertThat(rule.onlyFields("a").onEdited(Answer.APPLY).fields()).isEmpty();
    assertThat(Rule.apply().onlyFields("x"))
        .hasToString("added APPLY, edited APPLY [x], removed APPLY");
    assertThat(Rule.apply().openingOnly("x").insideTemplate().regeneratingDerived())
        .hasToString(
            "added APPLY, edited APPLY opening only [x], removed APPLY inside the template, derived"
                + " ones regenerated");
  }

  @Test
  void covers_namedFieldsOrAllAndOpeningOneWay() {
    Rule rule = Rule.apply().onlyFields("a").openingOnly("b");

    assertThat(rule.covers("a", 1, 2)).isTrue();
    assertThat(rule.covers("c", 1, 2)).isFalse();
    assertThat(rule.covers("b", false, true)).isTrue();
    assertThat(rule.covers("b", true, false)).isFalse();
    assertThat(Rule.apply().covers("c", 1, 2)).isTrue();
    assertThat(Rule.apply().openingOnly("b").covers("c", 1, 2)).isFalse();
  }
}
