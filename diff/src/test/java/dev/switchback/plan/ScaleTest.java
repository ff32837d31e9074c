// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.Diff;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.Stage;
import dev.switchback.model.template.UpgradeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Apps of ten thousand components, on a stack of 256 KiB: whatever calls itself once per component
 * overflows it.
 *
 * <p>Tagged, because a mutation run would play them once for each line they pass.
 */
@Tag("scale")
final class ScaleTest {

  private static final int COUNT = 10_000;
  private static final long STACK_BYTES = 256 * 1024;

  /** Components c00000, c00001, … that each depend on what {@code provider} says; null for none. */
  private static AppSpec spec(String image, IntFunction<Integer> provider) {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      Component.Builder component = Component.builder(key(i)).image(Image.of(image));
      Integer needed = provider.apply(i);
      if (needed != null) {
        component.dependencies(Keyed.of(new Dependency(key(needed))));
      }
      components.add(component.build());
    }
    return AppSpec.builder().components(Keyed.copyOf(components)).build();
  }

  private static AppSpec chain(String image) {
    return spec(image, i -> i == 0 ? null : i - 1);
  }

  private static AppSpec circle(String image) {
    return spec(image, i -> (i + 1) % COUNT);
  }

  private static ComponentKey key(int i) {
    return new ComponentKey(String.format(Locale.ROOT, "c%05d", i));
  }

  private static void onASmallStack(Runnable test) throws Exception {
    FutureTask<Void> task = new FutureTask<>(test, null);
    new Thread(null, task, "small-stack", STACK_BYTES).start();
    task.get();
  }

  @Test
  void diff_ofAChain_needsNoDeepStack() throws Exception {
    onASmallStack(() -> {
      AppSpec one = chain("app:1");
      Diff diff = Diff.between(one, chain("app:2"));

      assertThat(diff.changes())
          .hasSize(COUNT)
          .allMatch(change -> change.type() == ChangeType.EDITED);
      assertThat(diff.inverse().applyTo(diff.applyTo(one))).isEqualTo(one);
    });
  }

  @Test
  void plan_ofAChain_needsNoDeepStackAndPutsProvidersFirst() throws Exception {
    onASmallStack(() -> {
      Site site = new Site().publish("1.0", chain("app:1")).publish("2.0", chain("app:2"));

      Plan install = site.run(new InstallRequest(Site.ref("1.0")));
      Plan upgrade = site.run(UpgradeRequest.to(Site.ref("2.0")));
      Plan back = site.run(site.before(2).build());
      Plan removal = site.plan(new UninstallRequest()).plan();

      assertThat(upgrade.decisions())
          .hasSize(COUNT)
          .allMatch(decision -> decision.property() == PropertyKind.IMAGE);
      for (Plan plan : List.of(install, upgrade, back)) {
        assertThat(plan.waves()).hasSize(COUNT);
        assertThat(components(plan)).startsWith(key(0), key(1)).endsWith(key(COUNT - 1));
      }
      assertThat(install.steps().get(0))
          .isEqualTo(new Step(StepAction.CREATE, key(0), "new component"));
      assertThat(removal.waves()).hasSize(COUNT);
      assertThat(components(removal)).startsWith(key(COUNT - 1)).endsWith(key(1), key(0));
    });
  }

  private static List<ComponentKey> components(Plan plan) {
    return plan.steps().stream().map(Step::component).toList();
  }

  @Test
  void plan_ofACircle_isOneWaveAndAWarning() throws Exception {
    onASmallStack(() -> {
      Site site = new Site().publish("1.0", circle("app:1")).publish("2.0", circle("app:2"));
      site.maxParallel = COUNT;

      Plan install = site.run(new InstallRequest(Site.ref("1.0")));
      Plan upgrade = site.run(UpgradeRequest.to(Site.ref("2.0")));

      for (Plan plan : List.of(install, upgrade)) {
        assertThat(plan.waves()).hasSize(1);
        assertThat(plan.steps()).hasSize(COUNT);
        assertThat(plan.warnings()).extracting(Warning::code).containsExactly("dependency-cycle");
      }
    });
  }

  @Test
  void text_ofManyFollowUps_growsWithTheirNumber() {
    Site site = new Site().publish("1.0", withEnv("1")).publish("2.0", withEnv("2"));
    site.run(new InstallRequest(Site.ref("1.0")));
    Plan plan = site.plan(UpgradeRequest.to(Site.ref("2.0"))).plan();

    assertThat(plan.followUps()).hasSize(COUNT);
    assertThat(PlanTable.text(plan)).contains("F" + COUNT + "  ");
    assertThat(PlanTable.markdown(plan)).contains("| F" + COUNT + " |");
  }

  private static AppSpec withEnv(String value) {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      components.add(Component.builder(key(i))
          .image(Image.of("app:1"))
          .env(Keyed.of(new EnvVar("LEVEL", Setting.plain(value), value, true, 0)))
          .build());
    }
    return AppSpec.builder().components(Keyed.copyOf(components)).build();
  }

  @Test
  void find_overThousandsOfRequiredStops_takesThemOneByOne() {
    List<KnownVersion> versions = new ArrayList<>();
    for (int i = 1; i <= 2_000; i++) {
      versions.add(new KnownVersion(
          Site.ref(i + ".0"),
          Digest.of("spec " + i),
          Stage.RELEASED,
          new UpgradeRules(List.of(), true, false)));
    }
    AppState state = AppState.builder(Site.APP, Site.ref("1.0")).generation(1).build();

    Upgrades upgrades = Upgrades.find(state, Digest.of("spec 1"), versions, Stage.RELEASED);

    UpgradeCandidate newest = upgrades.newest().orElseThrow();
    assertThat(newest.version()).isEqualTo(Site.ref("2000.0"));
    assertThat(newest.hops()).hasSize(1_999).startsWith(Site.ref("2.0"), Site.ref("3.0"));
  }
}
