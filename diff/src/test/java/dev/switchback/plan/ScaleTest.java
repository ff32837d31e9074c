// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.diff.ChangeType;
import dev.switchback.diff.Diff;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Image;
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
}
