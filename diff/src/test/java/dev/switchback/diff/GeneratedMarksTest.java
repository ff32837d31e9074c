// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Fixtures.WEB;
import static dev.switchback.diff.Fixtures.app;
import static dev.switchback.diff.Fixtures.env;
import static dev.switchback.diff.Fixtures.secret;
import static dev.switchback.diff.Fixtures.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.PluginSetting;
import dev.switchback.model.spec.PluginUse;
import dev.switchback.model.spec.RegistryAccess;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GeneratedMarksTest {

  private static EnvVar mark(String name) {
    return new EnvVar(name, Setting.generated("db"), "", true, 0);
  }

  @Test
  void settle_takesTheValueOfTheBaseElseOfTheRecordedState() {
    AppSpec base = app(web().env(Keyed.of(secret("A", "base"))).build());
    AppSpec recorded =
        app(web().env(Keyed.of(secret("A", "mine"), secret("B", "mine"))).build());
    AppSpec target = app(
        web().env(Keyed.of(mark("A"), mark("B"), mark("NEW"), env("C", "1"))).build());

    AppSpec settled = GeneratedMarks.settle(target, base, recorded);

    assertThat(settled.component(WEB).orElseThrow().env())
        .containsExactly(secret("A", "base"), secret("B", "mine"), env("C", "1"), mark("NEW"));
    assertThat(ThreeWay.of(base, recorded, settled).rows())
        .filteredOn(row -> row.place().item().equals("A"))
        .extracting(ThreeWay.Row::changedBy)
        .containsExactly(ChangedBy.OPERATOR);
  }

  @Test
  void settle_findsMarksInsideItemsAndAtAppLevel() {
    AppSpec base = everywhere(Setting.secret("drawn"));
    AppSpec target = everywhere(Setting.generated(""));

    assertThat(GeneratedMarks.settle(target, base, AppSpec.empty())).isEqualTo(base);
    assertThat(GeneratedMarks.settle(target, AppSpec.empty(), base)).isEqualTo(base);
    assertThat(GeneratedMarks.settle(target, AppSpec.empty(), AppSpec.empty())).isSameAs(target);
    assertThat(GeneratedMarks.settle(target, target, target)).isSameAs(target);
  }

  private static AppSpec everywhere(Setting setting) {
    return app(web()
            .registry(new RegistryAccess("hub", "me", setting, "", true))
            .plugins(Keyed.of(new PluginUse(
                "perf",
                "",
                true,
                0,
                0,
                Keyed.of(new PluginSetting("port", "", 80, "", "", setting)))))
            .build())
        .toBuilder()
        .configItems(Keyed.of(new ConfigItem("common", "TOKEN", setting)))
        .build();
  }

  @Test
  void settle_findsMarksThatOnlyTheAppOrOnlyAComponentHas() {
    AppSpec ofApp = everywhere(Setting.secret("drawn")).toBuilder()
        .components(Keyed.empty())
        .build();
    AppSpec ofComponent = everywhere(Setting.secret("drawn")).toBuilder()
        .configItems(Keyed.empty())
        .build();

    for (AppSpec base : List.of(ofApp, ofComponent)) {
      AppSpec target = everywhere(Setting.generated("")).toBuilder()
          .components(
              base.components().isEmpty()
                  ? Keyed.empty()
                  : everywhere(Setting.generated("")).components())
          .configItems(
              base.configItems().isEmpty()
                  ? Keyed.empty()
                  : everywhere(Setting.generated("")).configItems())
          .build();
      assertThat(GeneratedMarks.settle(target, base, AppSpec.empty())).isEqualTo(base);
    }
  }
}
