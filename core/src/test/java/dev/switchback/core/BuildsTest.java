// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.OperatorEdits;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.storage.PageRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Edit, build, look back, go back: the loop of a developer on one component or several. */
final class BuildsTest {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final ComponentKey API = new ComponentKey("api");

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();

  @BeforeEach
  void install() {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
  }

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void buildsOfEveryKind_standInTheHistoryLatestFirst() {
    report(WEB, "b2", Build.Status.SUCCESS);
    report(WEB, "b3", Build.Status.FAILURE);
    report(WEB, "b4", Build.Status.LOST);

    assertThat(apps.builds(SHOP, WEB, PageRequest.first(10)).items())
        .extracting(Build::version)
        .containsExactly("b4", "b3", "b2", "1");
    assertThat(running(WEB)).isEqualTo("web:1");
  }

  @Test
  void edit_thenRollback_goesToAnyEarlierSuccessfulBuildWithItsCommand() {
    Build second = report(WEB, "b2", Build.Status.SUCCESS);
    edit(WEB, second);
    Build third = report(WEB, "b3", Build.Status.SUCCESS);
    edit(WEB, third);
    assertThat(running(WEB)).isEqualTo("web:b3");

    OperationRecord toSecond = back(Map.of(WEB, "b2"));
    assertThat(toSecond.status()).isEqualTo(RecordStatus.ROLLED_BACK);
    assertThat(running(WEB)).isEqualTo("web:b2");
    assertThat(recorded(WEB).command()).isEqualTo("run b2");
    assertThat(recorded(WEB).image().digest()).isEqualTo(Digest.of("b2"));

    back(Map.of(WEB, "1"));
    assertThat(running(WEB)).isEqualTo("web:1");
    assertThat(recorded(WEB).command()).isEmpty();
    assertThat(apps.builds(SHOP, WEB, PageRequest.first(10)).items()).hasSize(3);
  }

  @Test
  void rollbackOfSeveralComponents_isOneOperationAndOneRecord() {
    edit(WEB, report(WEB, "b2", Build.Status.SUCCESS));
    edit(API, report(API, "b2", Build.Status.SUCCESS));
    int records = apps.records(SHOP, PageRequest.first(100)).items().size();

    OperationRecord record = back(Map.of(WEB, "1", API, "1"));

    assertThat(record.results()).hasSize(2);
    assertThat(apps.records(SHOP, PageRequest.first(100)).items()).hasSize(records + 1);
    assertThat(running(WEB)).isEqualTo("web:1");
    assertThat(running(API)).isEqualTo("api:1");
  }

  @Test
  void rollbackToARevision_isAboutEveryEditSinceOrNone() {
    edit(WEB, report(WEB, "b2", Build.Status.SUCCESS));
    edit(API, report(API, "b2", Build.Status.SUCCESS));
    RollbackRequest.Builder request = RollbackRequest.revision(1);

    Plan keeping = apps.plan(SHOP, request.build());
    Plan asking = apps.plan(SHOP, request.operatorEdits(OperatorEdits.ASK).build());
    Plan taking = apps.plan(SHOP, request.operatorEdits(OperatorEdits.OVERWRITE).build());

    assertThat(keeping.isEmpty()).isTrue();
    assertThat(asking.obstacles())
        .extracting(Obstacle::place)
        .containsExactly("image:api:", "command:api:", "image:web:", "command:web:");
    apps.execute(taking, ExecutionOptions.defaults());
    assertThat(running(WEB)).isEqualTo("web:1");
    assertThat(running(API)).isEqualTo("api:1");
  }

  @Test
  void rollbackToARevision_takesBuildsBackAndKeepsEdits() {
    edit(API, report(API, "b2", Build.Status.SUCCESS));
    report(WEB, "b2", Build.Status.SUCCESS);
    back(Map.of(WEB, "b2"));

    Plan plan = apps.plan(SHOP, RollbackRequest.revision(1).build());
    apps.execute(plan, ExecutionOptions.defaults());

    assertThat(running(WEB)).isEqualTo("web:1");
    assertThat(running(API)).isEqualTo("api:b2");
  }

  @Test
  void rollbackToFailedAndUnknownBuilds_isRefusedWithEachOfThem() {
    report(WEB, "b2", Build.Status.FAILURE);
    PlanRequest request = RollbackRequest.builds(Map.of(WEB, "b2", API, "b9")).build();

    Plan plan = apps.plan(SHOP, request);

    assertThat(plan.obstacles())
        .extracting(Obstacle::code)
        .containsExactlyInAnyOrder("build-not-successful", "unknown-build");
    assertThatThrownBy(() -> apps.execute(plan, ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class);
  }

  private Build report(ComponentKey key, String version, Build.Status status) {
    Image image = new Image(key + ":" + version, Digest.of(version), version);
    return apps.reportBuild(
        SHOP, key, new ReportedBuild(version, status, image, "run " + version), "ci");
  }

  private void edit(ComponentKey key, Build build) {
    PlanRequest request = EditRequest.of(
        new Edit.SetImage(key, build.image()), new Edit.SetCommand(key, build.command()));
    apps.execute(apps.plan(SHOP, request), ExecutionOptions.defaults());
  }

  private OperationRecord back(Map<ComponentKey, String> builds) {
    PlanRequest request = RollbackRequest.builds(builds).build();
    return apps.execute(apps.plan(SHOP, request), ExecutionOptions.defaults());
  }

  private Component recorded(ComponentKey key) {
    return apps.find(SHOP).orElseThrow().spec().component(key).orElseThrow();
  }

  private String running(ComponentKey key) {
    Optional<Component> serving = sites.backend.serving(SHOP, key);
    return serving.orElseThrow().image().reference();
  }
}
