// SPDX-License-Identifier: Apache-2.0
package dev.switchback.diff;

import static dev.switchback.diff.Fixtures.WEB;
import static dev.switchback.diff.Fixtures.app;
import static dev.switchback.diff.Fixtures.env;
import static dev.switchback.diff.Fixtures.installed;
import static dev.switchback.diff.Fixtures.probe;
import static dev.switchback.diff.Fixtures.secret;
import static dev.switchback.diff.Fixtures.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.Setting;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Plugin;
import dev.switchback.model.spec.PluginConfigGroup;
import dev.switchback.model.spec.PluginOption;
import dev.switchback.model.spec.RegistryAccess;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DiffTest {

  @Test
  void between_ordersTheAppFirstThenComponentsThenTheTable() {
    AppSpec from = app(web().env(Keyed.of(env("B", "1"), env("C", "1"))).build());
    AppSpec to = app(
            Component.builder("api").build(),
            web()
                .name("Web")
                .image(Image.of("web:2"))
                .env(Keyed.of(env("A", "1"), env("C", "2")))
                .build())
        .toBuilder()
        .governanceMode("KUBERNETES_NATIVE_SERVICE")
        .build();

    assertThat(Diff.between(from, to).changes())
        .extracting(Change::toString)
        .containsExactly(
            "~ governance-mode",
            "+ component api",
            "~ image of web",
            "+ env A of web",
            "- env B of web",
            "~ env C of web",
            "~ name of web");
  }

  @Test
  void between_withOneProbeChanged_leavesTheOtherProbesAlone() {
    AppSpec from =
        app(web().probes(Keyed.of(probe("liveness", 5), probe("readiness", 5))).build());
    AppSpec to =
        app(web().probes(Keyed.of(probe("liveness", 9), probe("readiness", 5))).build());

    Diff diff = Diff.between(from, to);

    assertThat(diff.changes()).hasSize(1);
    assertThat(diff.changes().get(0).fields())
        .containsExactly(new FieldChange("periodSeconds", "5", "9"));
  }

  @Test
  void between_statesOfAnApp_comparesWhatTheyConsistOf() {
    AppSpec from = app(web().build());
    AppSpec to = app(web().memoryMb(512).build());

    assertThat(Diff.between(installed(from), installed(to))).isEqualTo(Diff.between(from, to));
    assertThat(Diff.between(installed(from), installed(from)).isEmpty()).isTrue();
  }

  @Test
  void applyTo_anotherSpec_namesEveryMismatchWithoutSecrets() {
    AppSpec from =
        app(web().env(Keyed.of(secret("PASS", "hunter2"), env("A", "1"))).build());
    AppSpec to =
        app(web().env(Keyed.of(secret("PASS", "hunter3"), env("B", "1"))).build());
    AppSpec other = app(web()
        .env(Keyed.of(secret("PASS", "hunter4"), env("A", "2"), env("B", "2")))
        .build());
    Diff diff = Diff.between(from, to);

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> diff.applyTo(other));

    assertThat(refused.obstacles())
        .extracting(Obstacle::place)
        .containsExactly("env A of web", "env B of web", "env PASS of web");
    assertThat(refused.obstacles()).extracting(Obstacle::code).containsOnly("diff-mismatch");
    assertThat(refused)
        .hasMessageContaining("env A of web: the diff expects it to be '1', it is '2'")
        .hasMessageContaining("env B of web: the diff expects it to be absent, it is '2'")
        .hasMessageNotContaining("hunter");
    assertThat(catchThrowableOfType(RefusedException.class, () -> diff.applyTo(AppSpec.empty())))
        .hasMessageContaining("env A of web: the diff expects it to be '1', it is absent");
  }

  @Test
  void only_keepsTheChosenChangesAndTheirNames() {
    AppSpec from = app(web().name("Shop").build());
    AppSpec to = app(web().name("Shop").command("run").memoryMb(1).build());

    Diff diff = Diff.between(from, to).only(change -> change.property() == PropertyKind.COMMAND);

    assertThat(diff.changes()).extracting(Change::property).containsExactly(PropertyKind.COMMAND);
    assertThat(diff.componentName(WEB)).isEqualTo("Shop (web)");
    assertThat(diff.inverse().componentName(WEB)).isEqualTo("Shop (web)");
    assertThat(diff.componentName(Fixtures.DB)).isEqualTo("db");
    assertThat(diff.applyTo(from).component(WEB).orElseThrow().memoryMb()).isZero();
    assertThat(diff).hasToString("1 changes").isNotEqualTo("1 changes");
  }

  @Test
  void fields_ofAChangedSecret_sayThatItChanged() {
    AppSpec from = app(web().env(Keyed.of(secret("PASS", "hunter2"))).build());
    AppSpec to = app(web().env(Keyed.of(secret("PASS", "hunter3"))).build());

    Change change = Diff.between(from, to).changes().get(0);

    assertThat(change.fields())
        .containsExactly(new FieldChange("value", "(secret)", "(secret, changed)"));
    assertThat(change.before()).isEqualTo("(secret)");
    assertThat(change.after()).isEqualTo("(secret, changed)");
    assertThat(change.toString() + change.inverse()).doesNotContain("hunter");
  }

  @Test
  void fields_ofAValueThatBecomesASecret_hideTheOldTextToo() {
    Change change = settingChange(Setting.plain("hunter2"), Setting.secret("hunter2"));
    assertThat(change.fields())
        .containsExactly(new FieldChange("value", "(secret)", "(secret, changed)"));

    assertThat(settingChange(Setting.plain(""), Setting.secret("x")).fields())
        .containsExactly(new FieldChange("value", "", "(secret)"));
    assertThat(settingChange(Setting.generated(""), Setting.secret("x")).fields())
        .containsExactly(new FieldChange("value", "(generated)", "(secret)"));
    assertThat(settingChange(Setting.generated("a"), Setting.generated("b")).fields())
        .containsExactly(new FieldChange("value", "(generated)", "(generated, changed)"));
  }

  private static Change settingChange(Setting before, Setting after) {
    Place place = Place.of(WEB, PropertyKind.ENV, "A");
    return Change.between(place, withValue(before), withValue(after)).orElseThrow();
  }

  private static Keyed.Item withValue(Setting value) {
    return new dev.switchback.model.spec.EnvVar("A", value, "", true, 0);
  }

  @Test
  void fields_ofNestedItemsAndMaps_areNamedByTheirPath() {
    Change plugin = Change.between(
            Place.ofApp(PropertyKind.PLUGIN, "perf"),
            plugin(Keyed.of(option("level", "1"), option("old", ""))),
            plugin(Keyed.of(option("level", "2"))))
        .orElseThrow();
    assertThat(plugin.fields())
        .contains(
            new FieldChange("configGroups[env/main].options[level].defaultValue", "1", "2"),
            new FieldChange("configGroups[env/main].options[old].defaultValue", "(empty)", ""));

    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("X-Api-Key", "hunter2");
    headers.put("X-Empty", "");
    Change route = Change.between(
            Place.ofApp(PropertyKind.HTTP_ROUTE, Fixtures.route("web", 80, "x").key()),
            Fixtures.route("web", 80, "x"),
            withProxyHeaders(headers))
        .orElseThrow();
    assertThat(route.fields())
        .containsExactly(
            new FieldChange("proxyHeaders[X-Api-Key]", "", "(secret)"),
            new FieldChange("proxyHeaders[X-Empty]", "", "(empty)"));

    Change registry = Change.between(
            Place.of(WEB, PropertyKind.REGISTRY, ""),
            RegistryAccess.none(),
            new RegistryAccess("hub", "me", Setting.secret("hunter2"), "", true))
        .orElseThrow();
    assertThat(registry.before()).isEqualTo("address , user , password , trusted no");
    assertThat(registry.after()).isEqualTo("address hub, user me, password (secret), trusted yes");
  }

  private static Keyed.Item withProxyHeaders(SortedMap<String, String> headers) {
    return new dev.switchback.model.spec.HttpRoute(
        WEB,
        80,
        "x",
        false,
        "/",
        Collections.emptySortedMap(),
        Collections.emptySortedMap(),
        false,
        "",
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        false,
        false,
        "",
        headers);
  }

  private static Plugin plugin(Keyed<PluginOption> options) {
    return new Plugin(
        "perf",
        "",
        "",
        "",
        Image.of(""),
        "",
        "",
        "",
        RegistryAccess.none(),
        0,
        0,
        Keyed.of(new PluginConfigGroup("main", "env", "", options)),
        Keyed.empty());
  }

  private static PluginOption option(String name, String value) {
    return new PluginOption(name, "string", Setting.plain(value), "", "", "", true);
  }

  @Test
  void texts_ofAddedAndRemovedItems_sayWhatTheyAre() {
    assertThat(
            added(PropertyKind.PORT, Fixtures.port(80, "http", "", true, false)).after())
        .isEqualTo("protocol http, inner");
    assertThat(added(PropertyKind.ENV, env("A", "1")).after()).isEqualTo("1");
    assertThat(added(PropertyKind.ENV, secret("A", "hunter2")).after()).isEqualTo("(secret)");
    assertThat(added(PropertyKind.ENV, env("A", "")).after()).isEqualTo("changeable");
    assertThat(added(PropertyKind.ENV, env("A", "")).before()).isEmpty();
    Change gone = added(PropertyKind.ENV, env("A", "1")).inverse();
    assertThat(gone.before()).isEqualTo("1");
    assertThat(gone.after()).isEmpty();
    assertThat(gone.fields()).first().isEqualTo(new FieldChange("value", "1", ""));
    Component component = web().name("Shop").image(Image.of("web:1")).build();
    Change whole = new Change.Added(Place.of(WEB), component);
    assertThat(whole.after()).isEqualTo("name Shop, image web:1");
    assertThat(whole.inverse().fields())
        .containsExactly(
            new FieldChange("name", "Shop", ""), new FieldChange("image", "web:1", ""));
  }

  private static Change added(PropertyKind kind, Keyed.Item item) {
    return new Change.Added(Fixtures.place(kind, item), item);
  }

  @Test
  void change_thatDoesNotFitItsPlace_isRefused() {
    Place place = Place.of(WEB, PropertyKind.ENV, "A");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Change.Added(place, env("B", "1")))
        .withMessageContaining("its key is 'B'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Change.Removed(place, probe("A", 1)))
        .withMessageContaining("expected a EnvVar, got a Probe");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Change.Edited(place, env("A", "1"), env("A", "1")))
        .withMessageContaining("nothing differs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Change.Edited(place, env("A", "1"), env("B", "1")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Change.Edited(place, env("B", "1"), env("A", "1")));
    assertThat(Change.between(place, null, null)).isEmpty();
    assertThat(Change.between(place, env("A", "1"), env("A", "1"))).isEmpty();
  }

  @Test
  void place_withoutItsOwner_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Place.ofApp(PropertyKind.ENV, "A"));
    assertThatIllegalArgumentException().isThrownBy(() -> Place.of(WEB, PropertyKind.PLUGIN, "A"));
    List<Place> ordered = List.of(
        Place.ofApp(PropertyKind.APP_EXTRA, "a"),
        Place.of(Fixtures.DB, PropertyKind.EXTRA, "a"),
        Place.of(WEB),
        Place.of(WEB, PropertyKind.ENV, "a"),
        Place.of(WEB, PropertyKind.ENV, "b"));
    assertThat(ordered.stream().sorted(Collections.reverseOrder()).sorted()).isEqualTo(ordered);
    assertThat(ordered)
        .extracting(Place::toString)
        .contains("app-extra a", "extra a of db", "component web");
  }

  @Test
  void componentName_isThatOfEitherSpecOrTheKey() {
    AppSpec shop = app(web().name("Shop").build());
    AppSpec store = app(web().name("Store").build());

    assertThat(Diff.between(shop, AppSpec.empty()).componentName(WEB)).isEqualTo("Shop (web)");
    assertThat(Diff.between(AppSpec.empty(), shop).componentName(WEB)).isEqualTo("Shop (web)");
    assertThat(Diff.between(shop, store).componentName(WEB)).isEqualTo("Store (web)");
    assertThat(Diff.between(shop, store).componentName(Fixtures.DB)).isEqualTo("db");
  }

  @Test
  void equals_isAboutTheChanges() {
    AppSpec shop = app(web().name("Shop").build());
    AppSpec store = app(web().name("Store").build());
    Diff diff = Diff.between(shop, store);

    assertThat(diff)
        .isEqualTo(Diff.between(app(web().name("Shop").build()), store))
        .hasSameHashCodeAs(Diff.between(app(web().name("Shop").build()), store))
        .isNotEqualTo(diff.inverse())
        .doesNotHaveSameHashCodeAs(diff.inverse())
        .isNotEqualTo("1 changes");
  }
}
