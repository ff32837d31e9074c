// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.switchback.diff.Diff;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Setting;
import dev.switchback.model.app.AppState;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostNamesTest {

  private static final AppSpec SPEC = SpecScript.apply(
      AppSpec.empty(),
      List.of(
          "component db",
          "  image mysql:8",
          "  port 3306 tcp host=mysql",
          "  port 33060 tcp host=mysql",
          "  port 80",
          "component web",
          "  image web:1",
          "  depends db",
          "  port 80 host=web",
          "  command start mysql:3306",
          "  env DB_HOST=mysql",
          "  env DB_PASSWORD_URL=mysql://u:p@mysql",
          "  env KEY=**None**",
          "  file /etc/a name=a content=host: mysql",
          "  name http://mysql",
          "  extra note=http://mysql",
          "group g",
          "item g/HOST=web",
          "resource ConfigMap/c=url: http://web:80"));

  private static InstallRequest install(Map<String, String> names) {
    return new InstallRequest(Site.ref("1.0"), new TreeMap<>(names));
  }

  @Test
  void of_spec_areTheNamesOfItsPorts() {
    assertThat(HostNames.of(SPEC)).containsExactly("mysql", "web");
  }

  @Test
  void avoiding_takenNames_findsFreeOnes() {
    assertThat(HostNames.avoiding(SPEC, List.of("mysql", "mysql-2", "other")))
        .containsExactly(entry("mysql", "mysql-3"));
    assertThat(HostNames.avoiding(SPEC, List.of())).isEmpty();
  }

  @Test
  void avoiding_twoTaken_givesNoNameTwice() {
    AppSpec spec = SpecScript.apply(
        AppSpec.empty(),
        List.of(
            "component a",
            "  port 1 host=a",
            "  port 2 host=a-2",
            "component b",
            "  port 3 host=" + "b".repeat(63)));

    assertThat(HostNames.avoiding(spec, List.of("a", "a-2", "b".repeat(63))))
        .containsExactly(
            entry("a", "a-3"), entry("a-2", "a-2-2"), entry("b".repeat(63), "b".repeat(61) + "-2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "A", "a.b", "a_b", "ü"})
  void request_nameThatNoClusterTakes_isRefused(String here) {
    assertThatThrownBy(() -> install(Map.of("mysql", here)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid host name '" + here + "' for mysql");
  }

  @Test
  void request_nameTwice_isRefused() {
    assertThatThrownBy(() -> install(Map.of("a", "c", "b", "c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid host name 'c' for b: a was given c before");
    UpgradeRequest.Builder request = UpgradeRequest.builder(Site.ref("2.0")).hostName("a", "b");
    assertThat(request.hostName("a", "b").build().hostNames()).containsExactly(entry("a", "b"));
    assertThatThrownBy(() -> request.hostName("a", "c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a was given b before");
    assertThatThrownBy(() -> install(Map.of("a", "x".repeat(64))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(install(Map.of("a", "x".repeat(63))).hostNames()).hasSize(1);
  }

  @Test
  void install_withNames_hasThemInSpecBaseAndState() {
    Site site = new Site().publish("1.0", SPEC);

    AppState wanted =
        site.plan(install(Map.of("mysql", "mysql-2", "web", "shop"))).wanted();

    assertThat(wanted.hostNames()).containsExactly(entry("mysql", "mysql-2"), entry("web", "shop"));
    assertThat(wanted.base()).isEqualTo(wanted.spec());
    assertThat(HostNames.of(wanted.spec())).containsExactly("mysql-2", "shop");
    Component web = wanted.spec().component(new ComponentKey("web")).orElseThrow();
    assertThat(web.command()).isEqualTo("start mysql-2:3306");
    assertThat(web.env().find("DB_HOST").orElseThrow().value()).isEqualTo(Setting.plain("mysql-2"));
    assertThat(web.env().find("DB_PASSWORD_URL").orElseThrow().value())
        .isEqualTo(Setting.secret("mysql://u:p@mysql-2"));
    assertThat(web.env().find("KEY").orElseThrow().value()).isEqualTo(Setting.generated(""));
    assertThat(web.configFiles().find("/etc/a").orElseThrow().content())
        .isEqualTo(Setting.plain("host: mysql-2"));
    assertThat(web.name()).isEqualTo("http://mysql");
    assertThat(web.extras().find("note").orElseThrow().json())
        .isEqualTo(Setting.plain("http://mysql"));
    assertThat(wanted.spec().configItems().find("g/HOST").orElseThrow().value())
        .isEqualTo(Setting.plain("shop"));
    assertThat(wanted
            .spec()
            .kubernetesResources()
            .find("ConfigMap/c")
            .orElseThrow()
            .content())
        .isEqualTo(Setting.plain("url: http://shop:80"));
  }

  @Test
  void upgrade_withoutAChange_seesNone() {
    Site site = new Site().publish("1.0", SPEC).publish("2.0", SPEC);
    site.run(install(Map.of("mysql", "mysql-2")));

    PlannedOperation planned = site.plan(UpgradeRequest.to(Site.ref("2.0")));

    assertThat(planned.plan().decisions()).isEmpty();
    assertThat(planned.plan().warnings()).isEmpty();
    assertThat(planned.plan().recordOnly()).isTrue();
    assertThat(planned.wanted().hostNames()).containsExactly(entry("mysql", "mysql-2"));
    assertThat(Diff.between(site.state(), planned.wanted()).isEmpty()).isTrue();
  }

  @Test
  void rollback_afterUpgradeWithMoreNames_keepsThem() {
    AppSpec more =
        SpecScript.apply(SPEC, List.of("component mq", "  image mq:1", "  port 1 host=mq"));
    Site site = new Site().publish("1.0", SPEC).publish("2.0", more);
    site.run(install(Map.of("mysql", "mysql-2")));
    site.run(UpgradeRequest.builder(Site.ref("2.0")).hostName("mq", "mq-2").build());

    AppState wanted = site.plan(site.before(2).build()).wanted();

    assertThat(wanted.hostNames()).containsExactly(entry("mq", "mq-2"), entry("mysql", "mysql-2"));
  }

  @Test
  void installAfterUninstall_mayHaveOtherNames() {
    Site site = new Site().publish("1.0", SPEC);
    site.run(install(Map.of("mysql", "mysql-2")));
    site.run(new UninstallRequest());

    assertThat(site.state().hostNames()).isEmpty();
    assertThat(site.plan(install(Map.of("mysql", "mysql-3"))).wanted().hostNames())
        .containsExactly(entry("mysql", "mysql-3"));
  }

  @Test
  void upgrade_hostInManyPlaces_namesTwentyOfThem() {
    Site site = new Site().publish("1.0", SPEC);
    site.run(install(Map.of("mysql", "mysql-2")));

    assertThat(placesOf(site, 20)).endsWith("env V19_HOST of http://mysql (web)");
    assertThat(placesOf(site, 23)).endsWith("env V19_HOST of http://mysql (web) and 3 more");
  }

  private static String placesOf(Site site, int count) {
    List<String> lines = new ArrayList<>(List.of("component web"));
    for (int i = 0; i < count; i++) {
      lines.add(String.format(Locale.ROOT, "  env V%02d_HOST=mysql", i));
    }
    site.publish("2.0", SpecScript.apply(SPEC, lines));
    List<Warning> warnings =
        site.plan(UpgradeRequest.to(Site.ref("2.0"))).plan().warnings();
    assertThat(warnings).extracting(Warning::code).containsExactly("host-renamed");
    return warnings.get(0).message();
  }
}
