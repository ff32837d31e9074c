// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Fixtures.WEB;
import static dev.switchback.diff.Fixtures.app;
import static dev.switchback.diff.Fixtures.env;
import static dev.switchback.diff.Fixtures.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.switchback.model.Keyed;
import dev.switchback.model.spec.AppSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PropertyKindTest {

  @Test
  void code_isUniqueAndFindsItsKind() {
    assertThat(Arrays.stream(PropertyKind.values()).map(PropertyKind::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    for (PropertyKind kind : PropertyKind.values()) {
      assertThat(PropertyKind.find(kind.code())).contains(kind);
      assertThat(kind.title()).isNotBlank();
      assertThat(kind.identity()).isNotBlank();
      assertThat(kind).hasToString(kind.code());
    }
    assertThat(PropertyKind.find("envs")).isEmpty();
  }

  @Test
  void cost_ofCommand_isUpdateAndOfImageBuild() {
    assertThat(PropertyKind.COMMAND.cost()).isEqualTo(Cost.UPDATE);
    assertThat(PropertyKind.IMAGE.cost()).isEqualTo(Cost.BUILD);
    assertThat(PropertyKind.SHARE_UUID.cost()).isEqualTo(Cost.NOTHING);
    assertThat(PropertyKind.PROVENANCE.cost()).isEqualTo(Cost.NOTHING);
    assertThat(PropertyKind.EXTRA.cost()).isEqualTo(Cost.NOTHING);
  }

  @Test
  void reach_ofComponentProperties_isTheComponent() {
    for (PropertyKind kind : PropertyKind.values()) {
      assertThat(kind.reach() == Reach.COMPONENT)
          .as(kind.code())
          .isEqualTo(kind.level() == Level.COMPONENT);
    }
  }

  @Test
  void rule_ofMergeAndExact_isTheSameInEveryRow() {
    for (PropertyKind kind : PropertyKind.values()) {
      assertThat(kind.rule(Preset.MERGE)).isEqualTo(Rule.merge());
      assertThat(kind.rule(Preset.EXACT)).isEqualTo(Rule.apply());
    }
  }

  @Test
  void rule_ofPreserveEnvironment_neverEditsOrRemovesWhatTheSiteOwns() {
    for (PropertyKind kind : new PropertyKind[] {
      PropertyKind.ENV,
      PropertyKind.CONFIG_FILE,
      PropertyKind.VOLUME,
      PropertyKind.CONFIG_ITEM,
      PropertyKind.DISK
    }) {
      Rule rule = kind.rule(Preset.PRESERVE_ENVIRONMENT);
      assertThat(rule).as(kind.code()).isEqualTo(Rule.keep().onAdded(Answer.APPLY));
    }
  }

  @Test
  void items_atTheOtherLevel_isRefused() {
    AppSpec spec = app(web().env(Keyed.of(env("A", "1"))).build());

    assertThat(PropertyKind.ENV.items(spec.component(WEB).orElseThrow())).hasSize(1);
    assertThat(PropertyKind.COMPONENT.items(spec)).hasSize(1);
    assertThat(PropertyKind.MEMORY.items(spec.component(WEB).orElseThrow()).asList())
        .isEqualTo(List.of(new Scalar(0)));
    assertThatIllegalArgumentException().isThrownBy(() -> PropertyKind.ENV.items(spec));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PropertyKind.PLUGIN.items(web().build()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PropertyKind.COMPONENT.items(web().build()));
  }
}
