// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.UpgradeRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class UpgradesTest {

  private static final UpgradeRules STOP = new UpgradeRules(List.of(), true, false);

  private static AppState at(String version) {
    return AppState.builder(Site.APP, Site.ref(version)).generation(1).build();
  }

  /** Gives a state components of these origins, which it is based on, too. */
  private static AppState withOrigins(AppState state, SortedMap<ComponentKey, Origin> origins) {
    List<Component> components = origins.keySet().stream()
        .map(key -> Component.builder(key).image(Image.of("app:1")).build())
        .toList();
    AppSpec spec = AppSpec.builder().components(Keyed.copyOf(components)).build();
    return state.toBuilder().spec(spec).base(spec).origins(origins).build();
  }

  private static AppSpec spec(String... lines) {
    return SpecScript.apply(AppSpec.empty(), List.of(lines));
  }

  private static KnownVersion version(String version) {
    return version(version, UpgradeRules.none());
  }

  private static KnownVersion version(String version, UpgradeRules rules) {
    return new KnownVersion(Site.ref(version), Digest.of(version), Stage.RELEASED, rules);
  }

  private static UpgradeRules from(String... ranges) {
    return new UpgradeRules(List.of(ranges), false, false);
  }

  private static Upgrades find(String current, KnownVersion... versions) {
    return Upgrades.find(at(current), Digest.of(current), List.of(versions), Stage.RELEASED);
  }

  private static UpgradeCandidate candidate(Upgrades upgrades, String version) {
    return upgrades.candidates().stream()
        .filter(candidate -> candidate.version().equals(Site.ref(version)))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> hops(UpgradeCandidate candidate) {
    return candidate.hops().stream().map(hop -> hop.version().text()).toList();
  }

  private static List<String> codes(UpgradeCandidate candidate) {
    return candidate.reasons().stream().map(Obstacle::code).toList();
  }

  @Test
  void find_versionsOfManyShapes_areOrderedNewestFirst() {
    Upgrades upgrades = find(
        "v1.0",
        version("v1.0"),
        version("1.9"),
        version("v2.0"),
        version("1.10"),
        version("2.0.0-rc1"));

    assertThat(upgrades.candidates())
        .extracting(candidate -> candidate.version().version().text())
        .containsExactly("v2.0", "2.0.0-rc1", "1.10", "1.9", "v1.0");
    assertThat(upgrades.newest().orElseThrow().version()).isEqualTo(Site.ref("v2.0"));
    assertThat(upgrades.newest().orElseThrow().isAvailable()).isTrue();
    assertThat(upgrades.warnings()).isEmpty();
  }

  @Test
  void find_installedVersion_hasNothingToDo() {
    Upgrades upgrades = find("1.0", version("1.0"));

    UpgradeCandidate installed = candidate(upgrades, "1.0");
    assertThat(installed.kind()).isEqualTo(UpgradeCandidate.Kind.INSTALLED);
    assertThat(installed.isAvailable()).isFalse();
    assertThat(codes(installed)).containsExactly("installed");
    assertThat(upgrades.newest()).isEmpty();
  }

  @Test
  void find_installedVersionOfWhichAStepFailed_canBeTriedAgain() {
    AppState failed = AppState.builder(Site.APP, Site.ref("1.0"))
        .generation(1)
        .spec(SpecScript.apply(AppSpec.empty(), List.of("  component web", "    image nginx:1")))
        .unsettled(Set.of(new ComponentKey("web")))
        .build();

    Upgrades upgrades =
        Upgrades.find(failed, Digest.of("1.0"), List.of(version("1.0")), Stage.RELEASED);

    assertThat(candidate(upgrades, "1.0").kind()).isEqualTo(UpgradeCandidate.Kind.REMAINDER);
    assertThat(candidate(upgrades, "1.0").isAvailable()).isTrue();
  }

  @Test
  void find_installedVersionOfWhichAComponentDidNotCome_canBeTriedAgain() {
    Site site = new Site()
        .publish(
            "1.0",
            SpecScript.apply(
                AppSpec.empty(),
                List.of("component web", "  image nginx:1", "component api", "  image api:1")));
    site.run(new InstallRequest(Site.ref("1.0")));
    site.lose(new ComponentKey("api"));

    Upgrades upgrades = Upgrades.find(
        site.state(), site.state().versionDigest().orElseThrow(), site.versions(), Stage.RELEASED);
    assertThat(candidate(upgrades, "1.0").kind()).isEqualTo(UpgradeCandidate.Kind.REMAINDER);
    assertThat(candidate(upgrades, "1.0").isAvailable()).isTrue();

    site.run(UpgradeRequest.to(Site.ref("1.0")));
    assertThat(site.state().unsettled()).isEmpty();
    assertThat(site.state().spec().component(new ComponentKey("api"))).isPresent();
  }

  @Test
  void find_sameVersionOtherDigest_isRepublished() {
    Upgrades upgrades =
        Upgrades.find(at("1.0"), Digest.of("other"), List.of(version("1.0")), Stage.RELEASED);

    assertThat(candidate(upgrades, "1.0").kind()).isEqualTo(UpgradeCandidate.Kind.REPUBLISHED);
    assertThat(candidate(upgrades, "1.0").isAvailable()).isTrue();
  }

  @Test
  void find_digestUnknown_doesNotGuessARepublish() {
    Upgrades upgrades = Upgrades.find(at("1.0"), null, List.of(version("1.0")), Stage.RELEASED);

    assertThat(candidate(upgrades, "1.0").kind()).isEqualTo(UpgradeCandidate.Kind.INSTALLED);
  }

  @Test
  void find_olderVersion_isOfferedOnlyIfAllowed() {
    UpgradeRules down = new UpgradeRules(List.of(), false, true);

    UpgradeCandidate refused = candidate(find("2.0", version("1.0"), version("2.0")), "1.0");
    UpgradeCandidate allowed = candidate(find("2.0", version("1.0"), version("2.0", down)), "1.0");

    assertThat(refused.kind()).isEqualTo(UpgradeCandidate.Kind.OLDER);
    assertThat(codes(refused)).containsExactly("downgrade");
    assertThat(refused.isReachable()).isFalse();
    assertThat(allowed.isAvailable()).isTrue();
  }

  @Test
  void find_versionInTesting_isOfferedOnlyOnRequest() {
    KnownVersion testing =
        new KnownVersion(Site.ref("2.0"), Digest.of("2.0"), Stage.TESTING, UpgradeRules.none());
    List<KnownVersion> versions = List.of(version("1.0"), testing);

    UpgradeCandidate hidden =
        candidate(Upgrades.find(at("1.0"), null, versions, Stage.RELEASED), "2.0");
    UpgradeCandidate offered =
        candidate(Upgrades.find(at("1.0"), null, versions, Stage.TESTING), "2.0");

    assertThat(codes(hidden)).containsExactly("stage");
    assertThat(hidden.isReachable()).isFalse();
    assertThat(offered.isAvailable()).isTrue();
  }

  @Test
  void find_requiredStops_givesHopsInOrder() {
    Upgrades upgrades = find(
        "1.0",
        version("1.0"),
        version("1.5", STOP),
        version("1.6"),
        version("2.0", STOP),
        version("3.0"));

    assertThat(hops(candidate(upgrades, "3.0"))).containsExactly("1.5", "2.0", "3.0");
    assertThat(codes(candidate(upgrades, "3.0"))).containsExactly("required-stop", "required-stop");
    assertThat(candidate(upgrades, "3.0").isAvailable()).isFalse();
    assertThat(candidate(upgrades, "3.0").firstHop()).isEqualTo(Site.ref("1.5"));
    assertThat(hops(candidate(upgrades, "1.5"))).containsExactly("1.5");
    assertThat(candidate(upgrades, "1.5").isAvailable()).isTrue();
  }

  @Test
  void find_allowedFromRanges_givesShortestWayOverLatest() {
    Upgrades upgrades = find(
        "1.0",
        version("1.0"),
        version("1.2"),
        version("1.4"),
        version("1.5"),
        version("2.0", from(">=1.4 <2.0")));

    assertThat(hops(candidate(upgrades, "2.0"))).containsExactly("1.5", "2.0");
    assertThat(codes(candidate(upgrades, "2.0"))).containsExactly("not-allowed-from");
  }

  @Test
  void find_noWay_saysWhy() {
    Upgrades upgrades = find("1.0", version("1.0"), version("2.0", from("1.5", "nonsense^^")));

    assertThat(candidate(upgrades, "2.0").isReachable()).isFalse();
    assertThatThrownBy(() -> candidate(upgrades, "2.0").firstHop())
        .isInstanceOf(IllegalStateException.class);
    assertThat(candidate(upgrades, "2.0").reasons().get(0).message()).contains("1.5");
    assertThat(upgrades.newest()).isEmpty();
  }

  @Test
  void find_stopInTesting_blocksTheWay() {
    KnownVersion stop = new KnownVersion(Site.ref("1.5"), Digest.of("x"), Stage.TESTING, STOP);

    Upgrades upgrades = find("1.0", version("1.0"), stop, version("2.0"));

    assertThat(candidate(upgrades, "2.0").isReachable()).isFalse();
    assertThat(codes(candidate(upgrades, "2.0"))).containsExactly("required-stop");
  }

  @Test
  void find_vanishedVersionOrTemplate_isSaid() {
    KnownVersion other = new KnownVersion(
        new VersionRef(new TemplateId("other"), Version.parse("9")),
        Digest.of("9"),
        Stage.RELEASED,
        UpgradeRules.none());

    assertThat(find("1.0", version("2.0")).warnings())
        .extracting(Warning::code)
        .containsExactly("version-vanished");
    assertThat(find("1.0", other).warnings())
        .extracting(Warning::code)
        .containsExactly("template-vanished");
    assertThat(find("1.0", other).candidates()).isEmpty();
  }

  @Test
  void find_partlyUpgraded_offersTheRest() {
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    for (String key : List.of("db", "web")) {
      String version = key.equals("web") ? "2.0" : "1.0";
      origins.put(new ComponentKey(key), new Origin(Site.ref(version), new ComponentKey(key)));
    }
    AppState state = withOrigins(at("1.0"), origins);

    Upgrades upgrades = Upgrades.find(
        state, Digest.of("1.0"), List.of(version("1.0"), version("2.0")), Stage.RELEASED);

    assertThat(candidate(upgrades, "2.0").kind()).isEqualTo(UpgradeCandidate.Kind.REMAINDER);
    assertThat(candidate(upgrades, "2.0").isAvailable()).isTrue();
    assertThat(upgrades.warnings()).extracting(Warning::code).containsExactly("partly-upgraded");
  }

  @Test
  void find_manyVersionsInAnyOrder_givesSameAnswer() {
    List<KnownVersion> versions = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      versions.add(version("1." + i, i % 50 == 0 ? STOP : UpgradeRules.none()));
    }
    Upgrades one = Upgrades.find(at("1.0"), null, versions, Stage.RELEASED);
    Collections.reverse(versions);
    Upgrades two = Upgrades.find(at("1.0"), null, versions, Stage.RELEASED);

    assertThat(two.candidates()).isEqualTo(one.candidates());
    assertThat(hops(one.candidates().get(0)))
        .containsExactly("1.50", "1.100", "1.150", "1.200", "1.250", "1.299");
  }

  private static KnownVersion of(String template, String version, UpgradeRules rules) {
    return new KnownVersion(
        new VersionRef(new TemplateId(template), Version.parse(version)),
        Digest.of(version),
        Stage.RELEASED,
        rules);
  }

  @Test
  void find_stopOfAnotherTemplate_isNoneHere() {
    Upgrades upgrades = find("1.0", version("1.0"), of("other", "1.5", STOP), version("2.0"));

    assertThat(hops(candidate(upgrades, "2.0"))).containsExactly("2.0");
    assertThat(codes(candidate(upgrades, "2.0"))).isEmpty();
  }

  @Test
  void find_rangeThatIsNone_isNamed() {
    Upgrades upgrades = find(
        "1.0",
        version("1.0"),
        version("2.0", from("1.5", "^latest", "[1.0,2.0)")),
        version("3.0", from("1.5", ">=2.5")));

    assertThat(candidate(upgrades, "2.0").reasons())
        .extracting(Obstacle::message)
        .containsExactly("Cannot upgrade from 1.0 to 2.0: 2.0 allows only 1.5 or ^latest or"
            + " [1.0,2.0), of which ^latest and [1.0,2.0) is not a version range");
    assertThat(candidate(upgrades, "3.0").reasons())
        .extracting(Obstacle::message)
        .containsExactly("Cannot upgrade from 1.0 to 3.0: 3.0 allows only 1.5 or >=2.5");
  }

  @Test
  void find_vanished_saysWhichOfTheTwo() {
    assertThat(find("1.0", version("2.0")).warnings())
        .containsExactly(new Warning(
            "version-vanished", "shop@1.0", "The installed version is no longer in the library"));
    assertThat(find("1.0").warnings())
        .containsExactly(new Warning(
            "template-vanished",
            "shop@1.0",
            "The library has no version of this template any more"));
  }

  @Test
  void find_partlyUpgraded_offersNothingBeforeWhatSomeAreAt() {
    AppState state = withOrigins("shop@1.0", "shop@2.0");
    UpgradeRules down = new UpgradeRules(List.of(), false, true);

    Upgrades closed = Upgrades.find(
        state,
        Digest.of("1.0"),
        List.of(version("1.0"), version("1.5"), version("2.0"), version("3.0", from(">=1.5"))),
        Stage.RELEASED);
    Upgrades open = Upgrades.find(
        state,
        Digest.of("1.0"),
        List.of(version("1.0"), version("1.5"), version("2.0", down)),
        Stage.RELEASED);

    assertThat(candidate(closed, "1.5").isReachable()).isFalse();
    assertThat(candidate(closed, "1.5").reasons())
        .containsExactly(new Obstacle(
            "downgrade",
            "c1",
            "Cannot upgrade component c1 from 2.0 to the earlier 1.5: 2.0 does not allow it",
            "upgrade to 2.0 or later, or only the other components"));
    assertThat(codes(candidate(closed, "1.0"))).containsExactly("downgrade", "installed");
    assertThat(hops(candidate(closed, "3.0"))).containsExactly("2.0", "3.0");
    assertThat(candidate(open, "1.5").isAvailable()).isTrue();
  }

  @Test
  void find_wayDown_keepsRangesAndStops() {
    UpgradeRules down = new UpgradeRules(List.of(), false, true);
    UpgradeRules stop = new UpgradeRules(List.of(), true, true);

    UpgradeCandidate outOfRange =
        candidate(find("2.0", version("1.0", from("<1")), version("2.0", down)), "1.0");
    UpgradeCandidate overStop =
        candidate(find("3.0", version("1.0"), version("2.0", stop), version("3.0", down)), "1.0");

    assertThat(codes(outOfRange)).containsExactly("not-allowed-from");
    assertThat(outOfRange.isReachable()).isFalse();
    assertThat(codes(overStop)).containsExactly("required-stop");
    assertThat(hops(overStop)).containsExactly("2.0", "1.0");
  }

  @Test
  void find_rangeNotMet_namesTheVersionToGoToFirst() {
    Upgrades upgrades = find("1.0", version("1.0"), version("1.5"), version("2.0", from(">=1.4")));

    assertThat(candidate(upgrades, "2.0").reasons())
        .extracting(Obstacle::nextStep)
        .containsExactly("upgrade to 1.5 first");
  }

  private static AppState withOrigins(String... versions) {
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    for (String version : versions) {
      ComponentKey key = new ComponentKey("c" + origins.size());
      origins.put(key, new Origin(VersionRef.parse(version), key));
    }
    return withOrigins(at("1.0"), origins);
  }

  @Test
  void find_componentsOfOtherTemplatesOrTheSameVersion_doNotMakeItPartlyUpgraded() {
    AppState state = withOrigins("shop@1.0", "other@9.0");

    Upgrades upgrades = Upgrades.find(
        state, Digest.of("1.0"), List.of(version("1.0"), version("2.0")), Stage.RELEASED);

    assertThat(upgrades.warnings()).isEmpty();
    assertThat(candidate(upgrades, "2.0").kind()).isEqualTo(UpgradeCandidate.Kind.NEWER);
  }

  @Test
  void find_partlyUpgraded_namesTheLatestAndOffersTheRestOfWhatWasBegun() {
    AppState state = withOrigins("shop@1.0", "shop@1.9", "shop@1.10");

    Upgrades upgrades = Upgrades.find(
        state,
        Digest.of("1.0"),
        List.of(version("1.0"), version("1.9"), version("1.10"), version("2.0")),
        Stage.RELEASED);

    assertThat(upgrades.warnings())
        .extracting(Warning::message)
        .containsExactly("Some components are at 1.10 already, the rest can follow");
    assertThat(upgrades.candidates())
        .extracting(UpgradeCandidate::kind)
        .containsExactly(
            UpgradeCandidate.Kind.NEWER,
            UpgradeCandidate.Kind.REMAINDER,
            UpgradeCandidate.Kind.REMAINDER,
            UpgradeCandidate.Kind.INSTALLED);
  }

  @Test
  void newest_wayDown_isNone() {
    UpgradeRules down = new UpgradeRules(List.of(), false, true);

    assertThat(find("2.0", version("1.0"), version("2.0", down)).newest()).isEmpty();
  }

  @Test
  void find_ofAnUninstalledApp_saysWhyThereIsNoWay() {
    AppState gone = at("1.0").toBuilder().installed(false).build();

    Upgrades upgrades = Upgrades.find(
        gone, Digest.of("1.0"), List.of(version("1.0"), version("2.0")), Stage.RELEASED);

    assertThat(upgrades.newest()).isEmpty();
    assertThat(upgrades.candidates()).allSatisfy(candidate -> {
      assertThat(candidate.isAvailable()).isFalse();
      assertThat(codes(candidate)).containsExactly("not-installed");
    });
  }

  @Test
  void find_afterARollbackThatLeftAComponent_offersWhatComesBelowIt() {
    Site site = new Site()
        .publish("1.0", spec("component web", "  image w:1"))
        .publish("1.5", spec("component web", "  image w:15"))
        .publish("2.0", spec("component web", "  image w:2", "component api", "  image a:1"));
    site.run(new InstallRequest(Site.ref("1.0")));
    site.run(UpgradeRequest.to(Site.ref("2.0")));
    site.run(site.before(2).build());
    assertThat(site.state().spec().component(new ComponentKey("api"))).isPresent();

    Upgrades upgrades = Upgrades.find(site.state(), null, site.versions(), Stage.RELEASED);

    assertThat(upgrades.warnings()).isEmpty();
    assertThat(candidate(upgrades, "1.5").isAvailable()).isTrue();
    assertThat(candidate(upgrades, "2.0").kind()).isEqualTo(UpgradeCandidate.Kind.NEWER);
    assertThat(site.plan(UpgradeRequest.to(Site.ref("1.5"))).plan().obstacles()).isEmpty();
  }
}
