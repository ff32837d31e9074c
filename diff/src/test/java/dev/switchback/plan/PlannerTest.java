// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.diff.Rule;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlannerTest {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey DB = new ComponentKey("db");

  private static AppSpec spec(String... lines) {
    return SpecScript.apply(AppSpec.empty(), List.of(lines));
  }

  private static Site site() {
    AppSpec one =
        spec("component web", "  image nginx:1", "  env A=1", "component db", "  image mysql:1");
    AppSpec two = SpecScript.apply(
        one,
        List.of(
            "component web", "  image nginx:2", "  env A=2", "component db", "  image mysql:2"));
    Site site = new Site().publish("1.0", one).publish("2.0", two);
    site.run(new InstallRequest(Site.ref("1.0")));
    return site;
  }

  @Test
  void plan_anyOperation_isBoundToStateAndTime() {
    Plan plan = site().plan(UpgradeRequest.to(Site.ref("2.0"))).plan();

    assertThat(plan.baseGeneration()).isEqualTo(1);
    assertThat(plan.baseDigest()).isPresent();
    assertThat(plan.toDigest()).isPresent();
    assertThat(plan.createdAt()).isEqualTo(Site.NOW);
    assertThat(plan.expiresAt()).isEqualTo(Site.NOW.plus(Duration.ofHours(24)));
    assertThat(plan.isExpired(plan.expiresAt())).isFalse();
    assertThat(plan.isExpired(plan.expiresAt().plusNanos(1))).isTrue();
    assertThat(plan.toBuilder().build()).isEqualTo(plan).hasSameHashCodeAs(plan);
  }

  @Test
  void upgrade_whole_movesVersionBaseAndOrigins() {
    Site site = site();

    site.run(UpgradeRequest.to(Site.ref("2.0")));

    AppState state = site.state();
    assertThat(state.version()).isEqualTo(Site.ref("2.0"));
    assertThat(state.generation()).isEqualTo(2);
    assertThat(state.origins().get(WEB)).isEqualTo(new Origin(Site.ref("2.0"), WEB));
    Component web = state.spec().component(WEB).orElseThrow();
    assertThat(web.image()).isEqualTo(Image.of("nginx:2"));
    assertThat(web.env().find("A").orElseThrow().value()).isEqualTo(Setting.plain("1"));
    Component base = state.base().component(WEB).orElseThrow();
    assertThat(base.env().find("A").orElseThrow().value()).isEqualTo(Setting.plain("2"));
  }

  @Test
  void upgrade_oneComponent_keepsAppAndOthersAtTheirVersion() {
    Site site = site();

    site.run(UpgradeRequest.builder(Site.ref("2.0")).component(WEB).build());

    AppState state = site.state();
    assertThat(state.version()).isEqualTo(Site.ref("1.0"));
    assertThat(state.origins().get(WEB).version()).isEqualTo(Site.ref("2.0"));
    assertThat(state.origins().get(DB).version()).isEqualTo(Site.ref("1.0"));
    assertThat(state.spec().component(DB).orElseThrow().image()).isEqualTo(Image.of("mysql:1"));

    site.run(UpgradeRequest.builder(Site.ref("2.0")).component(DB).build());

    assertThat(site.state().version()).isEqualTo(Site.ref("2.0"));
    assertThat(site.plan(UpgradeRequest.to(Site.ref("2.0"))).plan().isEmpty()).isTrue();
  }

  @Test
  void upgrade_newComponentWithoutItsProvider_isAtTheNewVersionAllTheSame() {
    Site site = site();
    AppSpec more = spec(
        "component web",
        "  image nginx:1",
        "component api",
        "  image api:1",
        "  depends cache",
        "component cache",
        "  image redis:7");
    site.publish("3.0", more);
    ComponentKey api = new ComponentKey("api");

    site.run(UpgradeRequest.builder(Site.ref("3.0")).component(api).build());

    AppState state = site.state();
    assertThat(state.spec().component(api).orElseThrow().dependencies()).isEmpty();
    assertThat(state.origins()).containsEntry(api, new Origin(Site.ref("3.0"), api));
    assertThat(state.version()).isEqualTo(Site.ref("1.0"));
  }

  @Test
  void upgrade_componentGone_hasNoOriginAnyMore() {
    Site site = site();
    site.publish("3.0", spec("component web", "  image nginx:3"));

    site.run(UpgradeRequest.to(Site.ref("3.0")));

    assertThat(site.state().spec().component(DB)).isPresent();
    assertThat(site.state().base().component(DB)).isEmpty();
    assertThat(site.state().origins()).containsOnlyKeys(WEB);
    assertThat(site.state().version()).isEqualTo(Site.ref("3.0"));
  }

  @Test
  void upgrade_generatedSecrets_staysWhatWasDrawn() {
    AppSpec one = spec("component db", "  image mysql:1", "  env PASSWORD=**None:db**");
    AppSpec two =
        SpecScript.apply(one, List.of("component db", "  image mysql:2", "  env NEW=**None:db**"));
    Site site = new Site().publish("1.0", one).publish("2.0", two);
    site.run(new InstallRequest(Site.ref("1.0")));
    Setting drawn = env(site, "PASSWORD");

    for (Policy policy : List.of(Policy.preserveEnvironment(), Policy.merge(), Policy.exact())) {
      PlannedOperation planned =
          site.plan(UpgradeRequest.builder(Site.ref("2.0")).policy(policy).build());
      Component db = planned.wanted().spec().component(DB).orElseThrow();
      assertThat(db.env().find("PASSWORD").orElseThrow().value()).isEqualTo(drawn);
      assertThat(db.env().find("NEW").orElseThrow().value()).isEqualTo(Setting.generated("db"));
    }
    site.run(UpgradeRequest.to(Site.ref("2.0")));

    assertThat(drawn.isSecret()).isTrue();
    assertThat(env(site, "NEW")).isEqualTo(drawn);
    assertThat(site.state().base().component(DB)).isEqualTo(site.state().spec().component(DB));
  }

  @Test
  void upgrade_underAlteredExact_leavesNothingToDoAboutTheOperatorsOwn() {
    Policy policy =
        Policy.exact().toBuilder().rule(PropertyKind.ENV, Rule.merge()).build();
    AppSpec one = spec("component db", "  image mysql:1", "  env MODE=vendors");
    AppSpec two = SpecScript.apply(one, List.of("component db", "  image mysql:2"));
    Site site = new Site().publish("1.0", one).publish("2.0", two);
    site.run(new InstallRequest(Site.ref("1.0")));
    site.run(EditRequest.of(new Edit.SetEnv(DB, "MODE", Setting.plain("mine"))));

    Plan plan = site.plan(UpgradeRequest.builder(Site.ref("2.0")).policy(policy).build())
        .plan();

    assertThat(plan.decisions())
        .extracting(Decision::item, Decision::verdict, Decision::changedBy)
        .containsExactly(
            tuple("", Verdict.APPLY, ChangedBy.VENDOR),
            tuple("MODE", Verdict.KEEP, ChangedBy.OPERATOR));
    assertThat(plan.followUps()).isEmpty();
  }

  private static Setting env(Site site, String name) {
    return site.state()
        .spec()
        .component(DB)
        .orElseThrow()
        .env()
        .find(name)
        .orElseThrow()
        .value();
  }

  @Test
  void plan_withObstacles_leavesTheStateAsItIs() {
    Site site = site();

    PlannedOperation planned =
        site.plan(EditRequest.of(new Edit.SetCommand(new ComponentKey("ghost"), "x")));

    assertThat(planned.plan().isExecutable()).isFalse();
    assertThat(planned.plan().obstacles())
        .extracting(Obstacle::code)
        .containsExactly("unknown-component");
    assertThat(planned.wanted()).isEqualTo(site.state());
  }

  @Test
  void plan_neverInstalled_hasObstacleForEveryRequest() {
    for (PlanRequest request : List.of(
        EditRequest.of(new Edit.SetCommand(WEB, "x")),
        RollbackRequest.revision(1).build(),
        RollbackRequest.builds(java.util.Map.of(WEB, "1")).build(),
        new UninstallRequest())) {
      PlannedOperation planned = new Site().plan(request);
      assertThat(planned.plan().obstacles())
          .extracting(Obstacle::code)
          .containsExactly("not-installed");
      assertThat(planned.wanted().installed()).isFalse();
    }
    assertThat(new Site().plan(UpgradeRequest.to(Site.ref("1.0"))).plan().obstacles())
        .extracting(Obstacle::code)
        .containsExactly("version-unknown", "not-installed");
  }

  @Test
  void requests_equalContent_areEqual() {
    UpgradeRequest one = UpgradeRequest.builder(Site.ref("2.0"))
        .component(WEB)
        .component(DB)
        .map(WEB, DB)
        .build();
    UpgradeRequest two = UpgradeRequest.builder(Site.ref("2.0"))
        .component(DB)
        .component(WEB)
        .map(WEB, DB)
        .build();

    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
    assertThat(one.toBuilder().build()).isEqualTo(one);
    RollbackRequest rollback = RollbackRequest.revision(1).removeAdded(true).build();
    assertThat(rollback.toBuilder().build()).isEqualTo(rollback);
    assertThat(rollback).isNotEqualTo(RollbackRequest.revision(1).build());
  }

  @Test
  void upgradeRequest_saidTwiceDifferently_isRefused() {
    UpgradeRequest.Builder request = UpgradeRequest.builder(Site.ref("2.0")).map(WEB, DB);

    assertThatThrownBy(() -> request.map(WEB, WEB))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("web", "db");
  }

  @Test
  void editRequest_withSecret_doesNotShowIt() {
    Edit edit = new Edit.SetEnv(WEB, "PASSWORD", Setting.secret("hidden"));

    Plan plan = site().plan(EditRequest.of(edit)).plan();

    assertThat(plan.request().toString()).doesNotContain("hidden");
    assertThat(PlanTable.text(plan)).doesNotContain("hidden").contains("(secret)");
  }

  @Test
  void plan_componentThatDidNotCome_isWaitedForUntilItDoes() {
    Site site = site();
    site.lose(DB);
    Edit edit = new Edit.SetImage(WEB, Image.of("nginx:3"));

    assertThat(site.plan(EditRequest.of(edit)).wanted().unsettled()).containsExactly(DB);
    assertThat(site.plan(UpgradeRequest.to(Site.ref("2.0"))).wanted().unsettled())
        .isEmpty();
    site.publish("3.0", spec("component web", "  image nginx:3"));
    assertThat(site.plan(UpgradeRequest.to(Site.ref("3.0"))).wanted().unsettled())
        .isEmpty();
  }

  @Test
  void plan_componentOfWhichAStepFailed_isSettledByItsNextStep() {
    Site site = site();
    site.unsettle(WEB);
    Edit edit = new Edit.SetImage(DB, Image.of("mysql:3"));

    assertThat(site.plan(EditRequest.of(edit)).wanted().unsettled()).isEmpty();
  }

  @Test
  void edit_ofAnEnvVariable_keepsWhatElseIsKnownOfIt() {
    EnvVar env = new EnvVar("LEVEL", Setting.plain("info"), "Log level", false, 8080);
    AppSpec start = AppSpec.builder()
        .components(Keyed.of(Component.builder(WEB).env(Keyed.of(env)).build()))
        .build();
    Site site = new Site().publish("1.0", start);
    site.run(new InstallRequest(Site.ref("1.0")));

    site.run(EditRequest.of(new Edit.SetEnv(WEB, "LEVEL", Setting.plain("debug"))));
    site.run(EditRequest.of(new Edit.SetEnv(WEB, "NEW", Setting.plain("1"))));

    assertThat(site.state().spec().component(WEB).orElseThrow().env())
        .containsExactly(
            new EnvVar("LEVEL", Setting.plain("debug"), "Log level", false, 8080),
            new EnvVar("NEW", Setting.plain("1"), "", true, 0));
  }

  @Test
  void upgradeRequest_anyPartIsOther_isAnotherRequest() {
    UpgradeRequest plain = UpgradeRequest.to(Site.ref("2.0"));
    Place place = Place.of(WEB, PropertyKind.ENV, "A");
    List<UpgradeRequest> others = List.of(
        UpgradeRequest.to(Site.ref("3.0")),
        plain.toBuilder().policy(Policy.exact()).build(),
        plain.toBuilder().component(WEB).build(),
        plain.toBuilder().only(place).build(),
        plain.toBuilder().except(place).build(),
        plain.toBuilder().map(WEB, DB).build(),
        plain.toBuilder().decide(place, Choice.KEEP_MINE).build(),
        plain.toBuilder().hostName("web", "web-2").build());

    for (UpgradeRequest other : others) {
      assertThat(other).isNotEqualTo(plain);
      assertThat(other.toBuilder().build()).isEqualTo(other).hasSameHashCodeAs(other);
    }
    assertThat(others).doesNotHaveDuplicates();
    assertThat(others.get(0)).doesNotHaveSameHashCodeAs(plain);
    assertThat(others.get(1)).doesNotHaveSameHashCodeAs(plain);
    assertThat(plain)
        .hasToString("upgrade to shop@2.0 under preserve-environment")
        .isNotEqualTo("upgrade");
  }

  @Test
  void upgradeRequest_decidedTwiceDifferently_isRefused() {
    Place place = Place.of(WEB, PropertyKind.ENV, "A");
    UpgradeRequest.Builder request =
        UpgradeRequest.builder(Site.ref("2.0")).decide(place, Choice.KEEP_MINE);

    assertThat(request.decide(place, Choice.KEEP_MINE).build().decisions()).hasSize(1);
    assertThatThrownBy(() -> request.decide(place, Choice.TAKE_VENDOR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid decision: env A of web was decided as KEEP_MINE before, now as"
            + " TAKE_VENDOR");
  }

  @Test
  void upgrade_inPart_keepsTheDigestOfTheVersionItIsAt() {
    Site site = site();
    Optional<Digest> before = site.state().versionDigest();

    site.run(UpgradeRequest.builder(Site.ref("2.0")).component(WEB).build());
    assertThat(site.state().versionDigest()).isEqualTo(before);
    site.run(UpgradeRequest.to(Site.ref("2.0")));

    assertThat(site.state().versionDigest()).isPresent().isNotEqualTo(before);
  }

  @Test
  void upgrade_toAnotherTemplate_isRefused() {
    VersionRef other = VersionRef.parse("other@2.0");
    Site site = site()
        .publish(
            TemplateVersion.builder(other, AppSpec.empty(), Digest.of("other")).build());

    assertThat(site.plan(UpgradeRequest.to(other)).plan().obstacles())
        .containsExactly(Obstacle.of(
            "other-template",
            "Cannot upgrade from shop@1.0 to other@2.0: it is another template",
            "install it as an app of its own"));
  }

  @Test
  void install_unknownVersion_isRefused() {
    PlannedOperation planned = site().plan(new InstallRequest(Site.ref("9.0")));

    assertThat(planned.plan().obstacles())
        .extracting(Obstacle::code)
        .containsExactly("already-installed", "version-unknown");
    assertThat(new Site().plan(new InstallRequest(Site.ref("9.0"))).plan().obstacles())
        .extracting(Obstacle::code)
        .containsExactly("version-unknown");
  }

  @Test
  void install_images_areArtifactsIfAnythingIsKnownOfThem() {
    Digest digest = Digest.of("image");
    AppSpec spec = AppSpec.builder()
        .components(Keyed.of(
            Component.builder("digest").image(new Image("", digest, "")).build(),
            Component.builder("name").image(Image.of("a:1")).build(),
            Component.builder("none").build()))
        .build();
    Site site = new Site().publish("1.0", spec);

    assertThat(site.plan(new InstallRequest(Site.ref("1.0"))).plan().artifacts())
        .extracting(Artifact::reference, Artifact::digest)
        .containsExactly(tuple("", digest), tuple("a:1", null));
  }
}
