// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchback.diff.Answer;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Place;
import dev.switchback.diff.Preset;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Rule;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.spec.AppSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyTest {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey DB = new ComponentKey("db");

  @Test
  void named_everyPreset_isFound() {
    for (Preset preset : Preset.values()) {
      Policy policy = Policy.named(preset.code());
      assertThat(policy).isEqualTo(Policy.of(preset));
      assertThat(policy.name()).isEqualTo(preset.code());
      for (PropertyKind property : PropertyKind.values()) {
        assertThat(policy.rule(property)).isEqualTo(property.rule(preset));
      }
    }
  }

  @Test
  void named_unknown_namesAll() {
    assertThatThrownBy(() -> Policy.named("none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("none", "preserve-environment", "rainbond", "merge", "exact");
  }

  @Test
  void rule_severalOverrides_narrowestWins() {
    Policy policy = Policy.exact().toBuilder()
        .name("mine")
        .rule(PropertyKind.ENV, Rule.keep())
        .forComponent(WEB, PropertyKind.ENV, Rule.merge())
        .forItem(Place.of(WEB, PropertyKind.ENV, "A"), Rule.apply())
        .build();

    assertThat(policy.rule(PropertyKind.ENV, DB, "A")).isEqualTo(Rule.keep());
    assertThat(policy.rule(PropertyKind.ENV, WEB, "B")).isEqualTo(Rule.merge());
    assertThat(policy.rule(PropertyKind.ENV, WEB, "A")).isEqualTo(Rule.apply());
    assertThat(policy.rule(PropertyKind.IMAGE, WEB, "")).isEqualTo(Rule.apply());
    assertThat(policy.name()).isEqualTo("mine");
    assertThat(policy.overrides()).hasSize(3);
  }

  @Test
  void build_sameRulesInOtherOrder_isEqual() {
    Policy one = Policy.merge().toBuilder()
        .rule(PropertyKind.ENV, Rule.keep())
        .rule(PropertyKind.PORT, Rule.apply())
        .rule(PropertyKind.PORT, Rule.keep())
        .build();
    Policy two = Policy.merge().toBuilder()
        .rule(PropertyKind.PORT, Rule.keep())
        .rule(PropertyKind.ENV, Rule.keep())
        .build();

    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
    assertThat(one.toBuilder().build()).isEqualTo(one);
    assertThat(one).isNotEqualTo(Policy.merge());
  }

  @Test
  void overrides_setInAnyOrder_areInOneOrder() {
    List<PolicyOverride> ordered = List.of(
        new PolicyOverride(PropertyKind.ENV, null, null, Rule.keep()),
        new PolicyOverride(PropertyKind.ENV, null, "A", Rule.keep()),
        new PolicyOverride(PropertyKind.ENV, null, "B", Rule.keep()),
        new PolicyOverride(PropertyKind.ENV, DB, null, Rule.keep()),
        new PolicyOverride(PropertyKind.ENV, DB, "A", Rule.keep()),
        new PolicyOverride(PropertyKind.ENV, DB, "B", Rule.keep()),
        new PolicyOverride(PropertyKind.ENV, WEB, null, Rule.keep()),
        new PolicyOverride(PropertyKind.ENV, WEB, "A", Rule.keep()),
        new PolicyOverride(PropertyKind.PORT, null, null, Rule.keep()));
    for (int turn = 0; turn < ordered.size(); turn++) {
      List<PolicyOverride> turned = new ArrayList<>(ordered);
      Collections.rotate(turned, turn);
      Policy.Builder policy = Policy.merge().toBuilder();
      turned.forEach(policy::override);
      assertThat(policy.build().overrides()).isEqualTo(ordered);
      Collections.reverse(turned);
      turned.forEach(policy::override);
      assertThat(policy.build().overrides()).isEqualTo(ordered);
    }
  }

  @Test
  void newComponent_keptAwayByTheRule_isOfferedAgainAndNotTheOperators() {
    Rule none = Rule.apply().onAdded(Answer.KEEP).onRemoved(Answer.KEEP);
    Policy noneAdded =
        Policy.merge().toBuilder().rule(PropertyKind.COMPONENT, none).build();
    AppSpec one = SpecScript.apply(AppSpec.empty(), List.of("component web", "  image w:1"));
    AppSpec two = SpecScript.apply(one, List.of("component api", "  image a:1"));
    Site site = new Site().publish("1.0", one).publish("2.0", two).publish("3.0", two);
    site.run(new InstallRequest(Site.ref("1.0")));
    site.run(UpgradeRequest.builder(Site.ref("2.0")).policy(noneAdded).build());

    Plan again = site.plan(
            UpgradeRequest.builder(Site.ref("3.0")).policy(noneAdded).build())
        .plan();
    Plan merged = site.plan(
            UpgradeRequest.builder(Site.ref("3.0")).policy(Policy.merge()).build())
        .plan();

    assertThat(again.followUps()).extracting(FollowUp::item).containsExactly("api");
    assertThat(again.decisions()).extracting(Decision::changedBy).containsExactly(ChangedBy.VENDOR);
    assertThat(merged.decisions())
        .extracting(Decision::verdict, Decision::changedBy)
        .containsExactly(tuple(Verdict.APPLY, ChangedBy.VENDOR));
  }

  @Test
  void override_thatCouldNeverApply_isRefused() {
    ComponentKey web = new ComponentKey("web");
    Policy.Builder policy = Policy.merge().toBuilder();

    assertThatThrownBy(() -> policy.rule(PropertyKind.PORT, Rule.apply().onlyFields("protocl")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port: it has no field 'protocl', only number, protocol");
    assertThatThrownBy(() -> policy.rule(PropertyKind.PORT, Rule.apply().openingOnly("out")))
        .hasMessageContaining("'out'");
    assertThatThrownBy(() -> policy.rule(PropertyKind.COMPONENT, Rule.apply().onlyFields("image")))
        .hasMessageContaining("'image'");
    assertThatThrownBy(() -> policy.forComponent(web, PropertyKind.CONFIG_GROUP, Rule.keep()))
        .hasMessageContaining("config-group of component web: it belongs to the app");
  }

  @Test
  void plan_underAnAlteredPresetThatKeptItsName_saysSo() {
    AppSpec one = SpecScript.apply(AppSpec.empty(), List.of("component web", "  image w:1"));
    AppSpec two = SpecScript.apply(one, List.of("component web", "  image w:2"));
    Site site = new Site().publish("1.0", one).publish("2.0", two);
    site.run(new InstallRequest(Site.ref("1.0")));
    Policy altered =
        Policy.exact().toBuilder().rule(PropertyKind.IMAGE, Rule.keep()).build();
    Policy named = altered.toBuilder().name("ours").build();

    assertThat(PlanTable.text(planned(site, altered))).contains("policy  exact, altered\n");
    assertThat(PlanTable.text(planned(site, named))).contains("policy  ours\n");
    assertThat(PlanTable.text(planned(site, Policy.exact()))).contains("policy  exact\n");
  }

  private static Plan planned(Site site, Policy policy) {
    return site.plan(UpgradeRequest.builder(Site.ref("2.0")).policy(policy).build())
        .plan();
  }
}
