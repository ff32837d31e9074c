// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.AppTarget;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.plan.Warning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a backend has no means for is known when the plan is made. */
final class MeansTest {

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final VersionRef one = sites.publish("1.0", Sites.shop("1"));

  @AfterEach
  void close() {
    sites.close();
  }

  /** Leaves the backend without means for components of these keys. */
  private void cannotRun(String... keys) {
    List<String> unknown = List.of(keys);
    sites.backend.withoutMeansFor((AppTarget target) -> target.spec().components().stream()
        .map(Component::key)
        .filter(unknown::contains)
        .map(key -> new Obstacle("no-means", key, "it cannot be run here", "leave it out"))
        .toList());
  }

  private VersionRef publishWithBatch() {
    List<Component> two = new ArrayList<>(Sites.shop("2").components().asList());
    two.add(Sites.component("batch", "2", "db"));
    AppSpec spec = Sites.shop("2").toBuilder().components(Keyed.copyOf(two)).build();
    return sites.publish("2.0", spec);
  }

  @Test
  void plan_ofAnInstall_namesEverythingThatCannotBe() {
    cannotRun("api", "web");

    Plan plan = apps.plan(SHOP, new InstallRequest(one));

    assertThat(plan.obstacles()).extracting(Obstacle::place).containsExactly("api", "web");
    assertThatThrownBy(() -> apps.execute(plan, ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll("api", "web", "it cannot be run here");
    assertThat(sites.backend.changes()).isEmpty();
    assertThat(apps.find(SHOP)).isEmpty();
  }

  @Test
  void plan_whereTheRecordedStateAsksForItAlready_warns() {
    apps.install(SHOP, one);
    VersionRef two = publishWithBatch();
    cannotRun("api");

    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));

    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.warnings()).contains(new Warning("no-means", "api", "it cannot be run here"));
    assertThat(apps.execute(plan, ExecutionOptions.defaults()).status())
        .isEqualTo(RecordStatus.SUCCEEDED);
  }

  @Test
  void plan_withOtherObstacles_namesTheseToo() {
    apps.install(SHOP, one);
    VersionRef two = publishWithBatch();
    cannotRun("batch");

    assertThat(apps.plan(SHOP, new InstallRequest(two)).obstacles())
        .extracting(Obstacle::code)
        .hasSize(2)
        .contains("no-means");
    assertThat(apps.plan(SHOP, UpgradeRequest.to(two)).obstacles())
        .extracting(Obstacle::code)
        .containsExactly("no-means");
  }

  @Test
  void execute_ofAPlanThatTheBackendCouldDoThen_isRefused() {
    Plan plan = apps.plan(SHOP, new InstallRequest(one));
    cannotRun("web");

    assertThatThrownBy(() -> apps.execute(plan, ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it cannot be run here");
    assertThat(sites.backend.changes()).isEmpty();
  }

  @Test
  void plan_ofWhatTheBackendLeavesOut_warnsAndRuns() {
    apps.install(SHOP, one);
    VersionRef two = publishWithBatch();
    sites.backend.leavingOut((recorded, wanted) -> List.of(new Obstacle(
        "left-out",
        recorded.generation() + " -> " + wanted.generation(),
        recorded.spec().components().size() + " components become "
            + wanted.spec().components().size(),
        "")));

    Plan plan = apps.plan(SHOP, UpgradeRequest.to(two));

    assertThat(plan.obstacles()).isEmpty();
    assertThat(plan.warnings())
        .contains(new Warning("left-out", "1 -> 2", "3 components become 4"));
    assertThat(apps.execute(plan, ExecutionOptions.defaults()).status())
        .isEqualTo(RecordStatus.SUCCEEDED);
  }
}
