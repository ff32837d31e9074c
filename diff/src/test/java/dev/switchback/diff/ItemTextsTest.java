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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ItemTextsTest {

  private static AppSpec louder(AppSpec spec) {
    return ItemTexts.replace(spec, (place, text) -> text.replace("db", "DB"));
  }

  private static AppSpec items(String one, String two) {
    return app(web().build()).toBuilder()
        .configItems(Keyed.of(
            new ConfigItem("common", "A", Setting.plain(one)),
            new ConfigItem("common", "B", Setting.plain(two))))
        .build();
  }

  private static PluginUse use(String value) {
    return new PluginUse(
        "perf",
        "",
        true,
        64,
        100,
        Keyed.of(new PluginSetting("port", "", 80, "", "", Setting.plain(value))));
  }

  @Test
  void replace_ofTheApp_isMadeThoughNothingElseChanges() {
    assertThat(louder(items("db", "x"))).isEqualTo(items("DB", "x"));
    assertThat(louder(items("x", "db"))).isEqualTo(items("x", "DB"));
  }

  @Test
  void replace_ofAComponent_goesIntoItsItems() {
    AppSpec spec = app(web().command("run db").plugins(Keyed.of(use("db"))).build());

    assertThat(louder(spec))
        .isEqualTo(app(web().command("run DB").plugins(Keyed.of(use("DB"))).build()));
  }

  @Test
  void replace_ofSecrets_keepsThemSecretAndMarksAlone() {
    EnvVar mark = new EnvVar("MARK", Setting.generated("db"), "", true, 0);
    AppSpec spec = app(web().env(Keyed.of(mark, secret("SECRET", "u@db"))).build());

    assertThat(louder(spec))
        .isEqualTo(app(web().env(Keyed.of(mark, secret("SECRET", "u@DB"))).build()));
  }

  @Test
  void replace_ofNothing_isTheSameSpec() {
    AppSpec spec =
        app(web().command("x").memoryMb(3).plugins(Keyed.of(use("x"))).build());

    assertThat(louder(spec)).isSameAs(spec);
  }

  @Test
  void replace_isToldWhereTheTextStands() {
    List<Place> places = new ArrayList<>();

    ItemTexts.replace(app(web().env(Keyed.of(env("A", "1"))).build()), (place, text) -> {
      if (!text.isEmpty()) {
        places.add(place);
      }
      return text;
    });

    assertThat(places).contains(Place.of(WEB, PropertyKind.ENV, "A"));
  }
}
