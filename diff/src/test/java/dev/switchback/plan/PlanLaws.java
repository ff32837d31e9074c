// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangeType;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Diff;
import dev.switchback.diff.GeneratedMarks;
import dev.switchback.diff.Level;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.FollowUp;
import dev.switchback.model.app.Origin;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigFile;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.RegistryAccess;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.testkit.arbitraries.SpecTriple;
import dev.switchback.testkit.arbitraries.Specs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class PlanLaws {

  @Provide
  Arbitrary<SpecTriple> triples() {
    return specs();
  }

  @Provide
  Arbitrary<Policy> policies() {
    return presets();
  }

  static Arbitrary<SpecTriple> specs() {
    // Matching has laws of its own; here keys alone say what is what.
    return Specs.specTriple()
        .map(triple -> new SpecTriple(
            withoutUuids(triple.base()),
            withoutUuids(triple.recorded()),
            withoutUuids(triple.target())));
  }

  static Arbitrary<Policy> presets() {
    return Arbitraries.of(
        Policy.preserveEnvironment(), Policy.rainbond(), Policy.merge(), Policy.exact());
  }

  private static AppSpec withoutUuids(AppSpec spec) {
    return spec.toBuilder()
        .components(spec.components().stream()
            .map(component -> component.toBuilder().shareUuid("").build())
            .collect(Keyed.collector()))
        .build();
  }

  /** Tells whether no mark is left, as in everything recorded; generators do not know that. */
  static boolean isDrawn(AppSpec spec) {
    StringBuilder items = new StringBuilder();
    for (PropertyKind kind : PropertyKind.values()) {
      if (kind.level() == Level.APP) {
        items.append(kind.items(spec));
      } else if (kind != PropertyKind.COMPONENT) {
        spec.components().forEach(component -> items.append(kind.items(component)));
      }
    }
    return items.indexOf("(generated)") < 0;
  }

  static AppState state(AppSpec base, AppSpec recorded) {
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    for (Component component : recorded.components()) {
      if (base.component(component.id()).isEmpty()) {
        continue;
      }
      origins.put(component.id(), new Origin(Site.ref("1.0"), component.id()));
    }
    return AppState.builder(Site.APP, Site.ref("1.0"))
        .versionDigest(Digest.of("digest"))
        .generation(3)
        .base(base)
        .spec(recorded)
        .origins(origins)
        .build();
  }

  static TemplateVersion version(String version, AppSpec spec) {
    return TemplateVersion.builder(Site.ref(version), spec, Digest.of("digest")).build();
  }

  static PlannedOperation upgrade(AppState state, String version, AppSpec target, Policy policy) {
    PlanInput input = PlanInput.builder(Site.APP)
        .state(state)
        .target(version(version, target))
        .build();
    return Planner.plan(
        input, UpgradeRequest.builder(Site.ref(version)).policy(policy).build());
  }

  @Property
  void upgrade_recordedIsBase_givesTargetUnderMergeAndExact(
      @ForAll("triples") SpecTriple triple, @ForAll boolean exact) {
    Policy policy = exact ? Policy.exact() : Policy.merge();

    PlannedOperation planned =
        upgrade(state(triple.base(), triple.base()), "2.0", triple.target(), policy);

    assertThat(planned.plan().obstacles()).isEmpty();
    AppSpec target = GeneratedMarks.settle(triple.target(), triple.base(), triple.base());
    assertThat(Diff.between(planned.wanted().spec(), target).changes()).isEmpty();
    assertThat(planned.wanted().base()).isEqualTo(target);
  }

  @Property
  void upgrade_targetIsBase_givesRecordedAndEmptyPlan(
      @ForAll("triples") SpecTriple triple, @ForAll("policies") Policy policy) {
    Assume.that(!policy.equals(Policy.exact()));
    Assume.that(isDrawn(triple.base()) && isDrawn(triple.recorded()));
    AppState state = state(triple.base(), triple.recorded());

    PlannedOperation planned = upgrade(state, "1.0", triple.base(), policy);

    assertThat(planned.plan().obstacles()).isEmpty();
    assertThat(planned.plan().isEmpty()).isTrue();
    assertThat(planned.wanted()).isEqualTo(state);
    assertThat(planned.plan().decisions())
        .allSatisfy(decision -> assertThat(decision.changedBy()).isEqualTo(ChangedBy.OPERATOR));
  }

  @Property
  void upgrade_anySpecs_decidesEveryDifference(
      @ForAll("triples") SpecTriple triple, @ForAll("policies") Policy policy) {
    AppState state = state(triple.base(), triple.recorded());

    Plan plan = upgrade(state, "2.0", triple.target(), policy).plan();

    AppSpec target = GeneratedMarks.settle(triple.target(), triple.base(), triple.recorded());
    TreeSet<Place> differences = new TreeSet<>();
    for (Change change : Diff.between(triple.recorded(), target).changes()) {
      differences.add(change.place());
    }
    TreeSet<Place> decided = new TreeSet<>();
    plan.decisions().forEach(decision -> decided.add(decision.place()));
    assertThat(decided).containsAll(differences);
    decided.removeAll(differences);
    // An edge of a new component to one that the operator removed is decided by itself.
    assertThat(decided)
        .allMatch(place ->
            place.property() == PropertyKind.DEPENDENCY || place.property() == PropertyKind.MOUNT)
        .allMatch(place -> differences.contains(Place.of(place.component().orElseThrow())));
    assertThat(plan.obstacles())
        .hasSize(plan.decisions(Verdict.CONFLICT).size())
        .allMatch(obstacle -> obstacle.code().equals("conflict"));
  }

  @Property
  void upgrade_vendorChangeNotTaken_isFollowUp(
      @ForAll("triples") SpecTriple triple, @ForAll("policies") Policy policy) {
    AppState state = state(triple.base(), triple.recorded());

    Plan plan = upgrade(state, "2.0", triple.target(), policy).plan();

    TreeSet<Place> kept = new TreeSet<>();
    for (Decision decision : plan.decisions(Verdict.KEEP)) {
      if (decision.changedBy() != ChangedBy.OPERATOR) {
        kept.add(decision.place());
      }
    }
    TreeSet<Place> followUps = new TreeSet<>();
    for (FollowUp each : plan.followUps()) {
      followUps.add(
          new Place(PropertyKind.find(each.kind()).orElseThrow(), each.component(), each.item()));
    }
    assertThat(followUps).isEqualTo(kept);
  }

  @Property
  void upgrade_toTheSameVersionAgain_isEmpty(
      @ForAll("triples") SpecTriple triple, @ForAll("policies") Policy policy) {
    Assume.that(isDrawn(triple.base()) && isDrawn(triple.recorded()) && isDrawn(triple.target()));
    PlannedOperation first =
        upgrade(state(triple.base(), triple.recorded()), "2.0", triple.target(), policy);
    Assume.that(first.plan().obstacles().isEmpty());

    PlannedOperation again = upgrade(first.wanted(), "2.0", triple.target(), policy);

    assertThat(again.plan().obstacles()).isEmpty();
    assertThat(again.plan().isEmpty()).isTrue();
  }

  @Property
  void upgrade_leftAloneThenMerged_givesTheLaterTarget(
      @ForAll("triples") SpecTriple triple, @ForAll("policies") Policy policy) {
    Assume.that(isDrawn(triple.base()) && isDrawn(triple.recorded()) && isDrawn(triple.target()));
    AppState kept = upgrade(state(triple.base(), triple.base()), "2.0", triple.recorded(), policy)
        .wanted();

    PlannedOperation merged = upgrade(kept, "3.0", triple.target(), Policy.merge());

    assertThat(merged.plan().obstacles()).isEmpty();
    assertThat(Diff.between(merged.wanted().spec(), triple.target()).changes()).isEmpty();
  }

  @Property
  void upgrade_decidedConflicts_canRun(
      @ForAll("triples") SpecTriple triple, @ForAll Choice choice) {
    AppState state = state(triple.base(), triple.recorded());
    Plan asked = upgrade(state, "2.0", triple.target(), Policy.merge()).plan();
    UpgradeRequest.Builder request = UpgradeRequest.builder(Site.ref("2.0")).policy(Policy.merge());
    asked.decisions(Verdict.CONFLICT).forEach(each -> request.decide(each.place(), choice));
    PlanInput input = PlanInput.builder(Site.APP)
        .state(state)
        .target(version("2.0", triple.target()))
        .build();

    PlannedOperation planned = Planner.plan(input, request.build());

    assertThat(planned.plan().obstacles()).isEmpty();
    assertThat(planned.wanted().version()).isEqualTo(Site.ref("2.0"));
  }

  @Property
  void upgrade_preserveEnvironment_changesNoValueThatWasThere(
      @ForAll("triples") SpecTriple first, @ForAll("triples") SpecTriple second) {
    AppState state = state(first.base(), first.recorded());
    List<AppSpec> targets = List.of(first.target(), second.target(), second.base());

    for (int i = 0; i < targets.size(); i++) {
      AppSpec before = state.spec();
      PlannedOperation planned =
          upgrade(state, (i + 2) + ".0", targets.get(i), Policy.preserveEnvironment());
      assertThat(planned.plan().obstacles()).isEmpty();
      for (Change change : Diff.between(before, planned.wanted().spec()).changes()) {
        if (List.of(
                PropertyKind.ENV,
                PropertyKind.CONFIG_FILE,
                PropertyKind.VOLUME,
                PropertyKind.CONFIG_ITEM)
            .contains(change.property())) {
          assertThat(change.type()).isEqualTo(ChangeType.ADDED);
        }
        assertThat(
                change.property() == PropertyKind.COMPONENT && change.type() == ChangeType.REMOVED)
            .isFalse();
      }
      state = planned.wanted();
    }
  }

  @Property
  void upgrade_partByPart_endsWhereTheWholeDoes(@ForAll("triples") SpecTriple triple) {
    Assume.that(isDrawn(triple.base()) && isDrawn(triple.recorded()));
    AppState start = state(triple.base(), triple.recorded());
    Policy policy = Policy.preserveEnvironment();
    AppState whole = upgrade(start, "2.0", triple.target(), policy).wanted();
    AppState parts = start;
    TreeSet<ComponentKey> keys = new TreeSet<>();
    Stream.of(triple.recorded(), triple.target())
        .flatMap(spec -> spec.components().stream())
        .forEach(component -> keys.add(component.id()));
    for (ComponentKey key : keys) {
      PlannedOperation planned = Planner.plan(
          PlanInput.builder(Site.APP)
              .state(parts)
              .target(version("2.0", triple.target()))
              .build(),
          UpgradeRequest.builder(Site.ref("2.0")).policy(policy).component(key).build());
      assertThat(planned.plan().obstacles()).isEmpty();
      parts = planned.wanted();
    }

    AppState rest = upgrade(parts, "2.0", triple.target(), policy).wanted();

    assertThat(Diff.between(rest.spec(), whole.spec()).changes()).isEmpty();
    assertThat(Diff.between(rest.base(), whole.base()).changes()).isEmpty();
    assertThat(rest.version()).isEqualTo(whole.version());
    assertThat(rest.origins()).isEqualTo(whole.origins());
  }

  @Property
  void upgrade_shuffledInputs_givesSamePlan(
      @ForAll("triples") SpecTriple triple, @ForAll("policies") Policy policy, @ForAll long seed) {
    AppState state = state(triple.base(), triple.recorded());
    AppState shuffled = state(shuffle(triple.base(), seed), shuffle(triple.recorded(), seed + 1));

    PlannedOperation one = upgrade(state, "2.0", triple.target(), policy);
    PlannedOperation two = upgrade(shuffled, "2.0", shuffle(triple.target(), seed + 2), policy);

    assertThat(two).isEqualTo(one);
    assertThat(PlanTable.text(two.plan())).isEqualTo(PlanTable.text(one.plan()));
    assertThat(PlanTable.markdown(two.plan())).isEqualTo(PlanTable.markdown(one.plan()));
  }

  private static AppSpec shuffle(AppSpec spec, long seed) {
    List<Component> components = new ArrayList<>(spec.components().asList());
    Collections.shuffle(components, new Random(seed));
    return spec.toBuilder().components(Keyed.copyOf(components)).build();
  }

  @Property
  void installThenUninstall_anySpec_createsAndRemovesEachComponentOnce(
      @ForAll("triples") SpecTriple triple) {
    Site site = new Site().publish("1.0", triple.target());
    PlannedOperation install = site.plan(new InstallRequest(Site.ref("1.0")));
    if (!install.plan().isExecutable()) {
      return;
    }
    assertThat(components(install.plan(), StepAction.CREATE))
        .containsExactlyInAnyOrderElementsOf(
            triple.target().components().stream().map(Component::id).toList());
    assertProvidersFirst(install.plan(), triple.target());
    site.run(new InstallRequest(Site.ref("1.0")));

    Plan uninstall = site.run(new UninstallRequest());

    assertThat(components(uninstall, StepAction.REMOVE))
        .containsExactlyInAnyOrderElementsOf(components(install.plan(), StepAction.CREATE));
    assertThat(site.state().installed()).isFalse();
    assertThat(site.state().spec()).isEqualTo(AppSpec.empty());
  }

  private static List<ComponentKey> components(Plan plan, StepAction action) {
    List<ComponentKey> keys = new ArrayList<>();
    for (Step step : plan.steps()) {
      ComponentKey key = step.component();
      if (step.action() == action && key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static void assertProvidersFirst(Plan plan, AppSpec spec) {
    boolean cycles =
        plan.warnings().stream().anyMatch(warning -> warning.code().equals("dependency-cycle"));
    if (cycles) {
      return;
    }
    TreeMap<ComponentKey, Integer> waves = new TreeMap<>();
    for (int i = 0; i < plan.waves().size(); i++) {
      for (Step step : plan.waves().get(i).steps()) {
        ComponentKey key = step.component();
        if (key != null) {
          waves.put(key, i);
        }
      }
    }
    for (Component component : spec.components()) {
      component
          .dependencies()
          .forEach(dependency -> assertThat(waves.getOrDefault(dependency.provider(), -1))
              .isLessThan(waves.get(component.id())));
    }
  }

  @Property
  void plan_anySpecs_showsNoSecret(
      @ForAll("triples") SpecTriple triple, @ForAll("policies") Policy policy) {
    AppState state = state(hide(triple.base(), 1), hide(triple.recorded(), 2));

    Plan plan = upgrade(state, "2.0", hide(triple.target(), 3), policy).plan();

    assertThat(PlanTable.text(plan)
            + PlanTable.markdown(plan)
            + plan.decisions()
            + plan.followUps()
            + plan.obstacles()
            + plan.warnings())
        .doesNotContain("hidden-");
  }

  /** Puts secrets wherever a setting can stand. */
  private static AppSpec hide(AppSpec spec, int variant) {
    Setting secret = Setting.secret("hidden-" + variant);
    return spec.toBuilder()
        .components(spec.components().stream()
            .map(component -> component.toBuilder()
                .env(component.env().with(new EnvVar("X", secret, "", true, 0)))
                .connections(
                    component.connections().with(new EnvVar("X" + variant, secret, "", true, 0)))
                .configFiles(
                    component.configFiles().with(new ConfigFile("/x", "x", secret, variant)))
                .registry(new RegistryAccess("a", "u", secret, "", false))
                .build())
            .collect(Keyed.collector()))
        .configItems(spec.configItems().with(new ConfigItem("x", "x", secret)))
        .build();
  }
}
