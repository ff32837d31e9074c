// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.Origin;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Image;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What scenarios do not show of a rollback: the state behind the spec, and odd histories. */
final class RollbackPlannerTest {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey CACHE = new ComponentKey("cache");

  private static AppSpec spec(AppSpec from, String... lines) {
    return SpecScript.apply(from, List.of(lines));
  }

  private static final AppSpec ONE = spec(
      AppSpec.empty(),
      "component web",
      "  image web:1",
      "  env KEY=**None:one**",
      "group common",
      "item common/A=1");
  private static final AppSpec TWO = spec(
      ONE,
      "component web",
      "  image web:2",
      "component cache",
      "  image redis:7",
      "  env KEY=**None:two**",
      "item common/B=2",
      "member common/cache");
  private static final AppSpec THREE = spec(TWO, "component web", "  image web:3");

  private static Site site() {
    Site site = new Site().publish("1.0", ONE).publish("2.0", TWO).publish("3.0", THREE);
    site.run(new InstallRequest(Site.ref("1.0")));
    site.run(UpgradeRequest.to(Site.ref("2.0")));
    return site;
  }

  @Test
  void plan_toARevisionYetToCome_saysToChooseAnEarlierOne() {
    Site site = site();

    assertThat(site.plan(RollbackRequest.revision(99).build()).plan().obstacles())
        .singleElement()
        .satisfies(obstacle -> {
          assertThat(obstacle.code()).isEqualTo("revision-unknown");
          assertThat(obstacle.message()).contains("it is at 2");
          assertThat(obstacle.nextStep()).isEqualTo("choose an earlier one");
        });
  }

  @Test
  void plan_addedComponentStays_isRememberedWithAllThatBelongsToIt() {
    Site site = site();
    AppState before = site.revision(1);
    AppState upgraded = site.state();

    AppState back = site.plan(site.before(2).build()).wanted();

    assertThat(back.version()).isEqualTo(Site.ref("1.0"));
    assertThat(back.versionDigest()).isEqualTo(before.versionDigest());
    assertThat(back.spec().component(CACHE)).isEqualTo(upgraded.spec().component(CACHE));
    assertThat(back.keptBase().flatMap(base -> base.component(CACHE)))
        .as("the vendor's, so not the operator's, but not what the app is based on either")
        .isEqualTo(upgraded.base().component(CACHE));
    assertThat(back.base().component(CACHE)).isEmpty();
    assertThat(back.base().component(WEB)).isEqualTo(before.base().component(WEB));
    assertThat(back.base().configItems().contains("common/B")).isTrue();
    assertThat(back.origins())
        .containsExactly(
            entry(CACHE, new Origin(Site.ref("2.0"), CACHE)),
            entry(WEB, new Origin(Site.ref("1.0"), WEB)));
    assertThat(back.generated())
        .containsExactly(
            entry("one", Setting.secret("drawn-1")), entry("two", Setting.secret("drawn-2")));
  }

  @Test
  void plan_addedComponentGoes_isForgottenButForItsSecrets() {
    Site site = site();

    AppState back = site.plan(site.before(2).removeAdded(true).build()).wanted();

    assertThat(back.spec()).isEqualTo(site.revision(1).spec());
    assertThat(back.base()).isEqualTo(site.revision(1).base());
    assertThat(back.origins()).isEqualTo(site.revision(1).origins());
    assertThat(back.generated()).containsOnlyKeys("one", "two");
  }

  @Test
  void plan_removedComponentStaysAway_isNotInTheBase() {
    Site site = site();
    site.publish("4.0", ONE);
    site.run(UpgradeRequest.builder(Site.ref("4.0")).policy(Policy.exact()).build());

    AppState back = site.plan(site.before(3).build()).wanted();
    AppState whole = site.plan(site.before(3).recreateRemoved(true).build()).wanted();

    assertThat(back.spec().component(CACHE)).isEmpty();
    assertThat(back.base().component(CACHE)).isEmpty();
    assertThat(back.origins()).containsOnlyKeys(WEB);
    assertThat(whole.base()).isEqualTo(site.revision(2).base());
    assertThat(whole.origins()).containsOnlyKeys(CACHE, WEB);
  }

  @Test
  void plan_overAnotherInstall_hasTheHostNamesOfTheEarlierOne() {
    AppSpec named = spec(ONE, "component web", "  port 80 host=web");
    Site site = new Site().publish("1.0", named);
    for (String here : List.of("web-2", "web-3")) {
      TreeMap<String, String> names = new TreeMap<>();
      names.put("web", here);
      site.run(new InstallRequest(Site.ref("1.0"), names));
      if (here.equals("web-2")) {
        site.run(new UninstallRequest());
      }
    }

    AppState back = site.plan(RollbackRequest.revision(1).build()).wanted();

    assertThat(site.state().hostNames()).containsExactly(entry("web", "web-3"));
    assertThat(back.hostNames()).containsExactly(entry("web", "web-2"));
  }

  @Test
  void plan_toWhenItWasNotThere_isRefused() {
    Site site = site();
    site.run(new UninstallRequest());
    site.run(new InstallRequest(Site.ref("1.0")));

    assertThat(site.plan(RollbackRequest.revision(3).build()).plan().obstacles())
        .containsExactly(new Obstacle(
            "revision-uninstalled",
            "generation 3",
            "Cannot roll back shop to generation 3: the app was not there then",
            "uninstall it"));
  }

  private static List<String> obstacles(Site site, int record) {
    return site.plan(site.before(record).build()).plan().obstacles().stream()
        .map(Obstacle::code)
        .toList();
  }

  @Test
  void plan_sameRollbackHalfDone_canBeDoneAgain() {
    Site site = site();
    site.run(site.before(2).build());
    OperationRecord half = site.records().remove(2).toBuilder()
        .status(RecordStatus.PARTLY_ROLLED_BACK)
        .build();
    site.records().add(half);

    assertThat(obstacles(site, 2)).isEmpty();

    site.records().remove(2);
    site.records().add(half.toBuilder().parent(new RecordId("r1")).build());

    assertThat(obstacles(site, 2)).containsExactly("newer-operations");
  }

  @Test
  void plan_overOperationsWithoutRecords_saysOverWhichGenerations() {
    Site site = site();
    site.run(UpgradeRequest.to(Site.ref("3.0")));
    site.edit(ONE);
    RollbackRequest request = RollbackRequest.revision(1).build();
    PlanInput input = site.input(request).toBuilder().laterRecords(List.of()).build();

    assertThat(warnings(input, request))
        .contains(
            new Warning("newer-operations", "generation 3", "This also undoes generations 3 to 4"));
    assertThat(warnings(input.toBuilder().after(null).build(), request))
        .contains(
            new Warning("newer-operations", "generation 3", "This also undoes generations 3 to 4"));
    RollbackRequest last = RollbackRequest.revision(3).build();
    assertThat(warnings(
            site.input(last).toBuilder().after(null).laterRecords(List.of()).build(), last))
        .extracting(Warning::code)
        .doesNotContain("newer-operations");
  }

  private static List<Warning> warnings(PlanInput input, RollbackRequest request) {
    return Planner.plan(input, request).plan().warnings();
  }

  private static Build build(String app, long sequence, Build.Status status, String image) {
    return new Build(new AppId(app), WEB, "b1", sequence, status, Image.of(image), "", Site.NOW);
  }

  @Test
  void plan_buildsOfOneVersion_takesTheLatestOfThisApp() {
    Site site = site();
    site.builds.add(build("shop", 1, Build.Status.FAILURE, "web:one"));
    site.builds.add(build("shop", 2, Build.Status.SUCCESS, "web:two"));
    site.builds.add(build("other", 3, Build.Status.SUCCESS, "web:three"));

    PlannedOperation planned =
        site.plan(RollbackRequest.builds(Map.of(WEB, "b1")).build());

    assertThat(planned.plan().obstacles()).isEmpty();
    assertThat(planned.wanted().spec().component(WEB).orElseThrow().image())
        .isEqualTo(Image.of("web:two"));
  }

  @Test
  void request_anyPartIsOther_isAnotherRequest() {
    RollbackRequest plain = RollbackRequest.revision(1).build();
    List<RollbackRequest> all = List.of(
        plain,
        RollbackRequest.revision(2).build(),
        RollbackRequest.beforeRecord(new RecordId("r2"), 1).build(),
        RollbackRequest.builds(Map.of(WEB, "b1")).build(),
        plain.toBuilder().removeAdded(true).build(),
        plain.toBuilder().recreateRemoved(true).build(),
        plain.toBuilder().operatorEdits(OperatorEdits.ASK).build(),
        plain.toBuilder().acceptOlder(true).build());

    assertThat(all).doesNotHaveDuplicates();
    for (RollbackRequest request : all) {
      assertThat(request.toBuilder().build()).isEqualTo(request).hasSameHashCodeAs(request);
    }
    assertThat(all.get(1)).doesNotHaveSameHashCodeAs(plain);
    assertThat(all.get(6)).doesNotHaveSameHashCodeAs(plain);
    assertThat(plain).isNotEqualTo("rollback");
    assertThat(plain.toString()).startsWith("rollback to ").contains("1");
  }
}
