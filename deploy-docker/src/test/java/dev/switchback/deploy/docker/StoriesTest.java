// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.Switchback;
import dev.switchback.deploy.Observation;
import dev.switchback.model.Keyed;
import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.Stage;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanTable;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.PageRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stories of the product, from the front door to what runs on the engine. */
@NeedsEngine
final class StoriesTest {

  @TempDir
  private Path directory;

  private final DockerBackend backend = Shop.backend();

  @BeforeEach
  void cleanUp() {
    Site.run(engine -> {
      engine.containers(Shop.APP).forEach(seen -> engine.remove(seen.id(), seen.name()));
      engine.networks().remove(Names.network(Shop.APP));
      return true;
    });
    backend.removeVolumes(Shop.APP);
  }

  @AfterEach
  void close() {
    cleanUp();
    backend.close();
  }

  @Test
  void component_goesToTheNextBuildAndBackToAnyEarlierOne() {
    Image old = Images.load(backend, "1.11");
    Image next = Images.load(backend, "1.12");
    try (Switchback site = Shop.site(directory, backend)) {
      AppSpec spec =
          AppSpec.builder().components(Keyed.of(Images.web("web", old))).build();
      site.apps().install(Shop.APP, Shop.publish(site, "1.0", spec));
      assertThat(versionInside()).isEqualTo("1.11");

      execute(site, new EditRequest(List.of(new Edit.SetImage(Shop.WEB, next))));
      assertThat(versionInside()).isEqualTo("1.12");

      List<Build> builds =
          site.apps().builds(Shop.APP, Shop.WEB, PageRequest.first(10)).items();
      assertThat(builds).extracting(Build::image).containsExactly(next, old);
      execute(
          site,
          RollbackRequest.builds(Map.of(Shop.WEB, builds.get(1).version())).build());
      assertThat(versionInside()).isEqualTo("1.11");
    }
  }

  private static void execute(Switchback site, dev.switchback.plan.PlanRequest request) {
    assertThat(site.apps()
            .execute(site.apps().plan(Shop.APP, request), Shop.options())
            .status())
        .isIn(RecordStatus.SUCCEEDED, RecordStatus.ROLLED_BACK);
  }

  private static String versionInside() {
    return Site.run(engine -> {
      Seen web = Site.instance(engine, Shop.APP, Shop.WEB);
      byte[] file = engine.file(web.id(), "/etc/version").flatMap(Tars::first).orElseThrow();
      return new String(file, StandardCharsets.UTF_8).strip();
    });
  }

  @Test
  void offlineSite_goesToTheNewVersionAndBackWhileAClientAsks() throws Exception {
    Path file = directory.resolve("shop.tar");
    try (Switchback vendor = Switchback.at(directory.resolve("vendor"));
        Switchback site = Shop.site(directory.resolve("site"), backend)) {
      VersionRef first = Shop.publish(vendor, backend, "1.0");
      VersionRef second = Shop.publish(vendor, backend, "2.0");
      vendor.packages().export(List.of(first, second), file);
      site.packages().importFrom(file, "anna");
      site.apps().install(Shop.APP, first);
      execute(
          site,
          new EditRequest(List.of(new Edit.SetEnv(Shop.WEB, "COLOUR", Setting.plain("green")))));

      VersionRef newest =
          site.apps().upgrades(Shop.APP, Stage.RELEASED).newest().orElseThrow().version();
      Plan plan = site.apps().plan(Shop.APP, UpgradeRequest.to(newest));
      assertThat(PlanTable.text(plan)).contains("d").contains("2.0");
      try (Load load = Load.on(address())) {
        OperationRecord upgrade = site.apps().execute(plan, Shop.options());
        assertThat(upgrade.status()).isEqualTo(RecordStatus.SUCCEEDED);
        assertThat(versionInside()).isEqualTo("2.0");

        OperationRecord rollback =
            site.apps().execute(site.apps().planRollback(upgrade.id()), Shop.options());

        assertThat(rollback.status()).isEqualTo(RecordStatus.ROLLED_BACK);
        assertThat(rollback.followUps().toString()).contains(Shop.D.value());
        assertThat(load.failures()).isEmpty();
        assertThat(load.bodies()).containsExactlyInAnyOrder("1.0", "2.0");
      }
      AppState after = site.apps().find(Shop.APP).orElseThrow();
      assertThat(versionInside()).isEqualTo("1.0");
      assertThat(environment()).contains("COLOUR=green");
      assertThat(after.spec().component(Shop.D)).isPresent();
      assertThat(backend.observe(Shop.APP))
          .extracting(seen -> seen.component().value())
          .containsExactly("api", "d", "db", "web");
    }
  }

  private static List<String> environment() {
    return Site.run(engine -> List.of(engine
        .inspect(Site.instance(engine, Shop.APP, Shop.WEB).id())
        .orElseThrow()
        .getConfig()
        .getEnv()));
  }

  private String address() {
    return backend.observe(Shop.APP).stream()
        .flatMap(seen -> seen.findings().stream())
        .filter(finding -> finding.reason().equals("published"))
        .map(Observation.Finding::message)
        .map(message -> "http://" + message.substring(message.lastIndexOf(' ') + 1) + "/")
        .findFirst()
        .orElseThrow();
  }

  @Test
  void release_thatNeverBecomesHealthy_isTakenBackAndNobodyNotices() throws Exception {
    try (Switchback site = Shop.site(directory, backend)) {
      site.apps().install(Shop.APP, Shop.publish(site, backend, "1.0"));
      Component web =
          site.apps().find(Shop.APP).orElseThrow().spec().component(Shop.WEB).orElseThrow();
      AppSpec broken = site.apps().find(Shop.APP).orElseThrow().spec().toBuilder()
          .components(site.apps()
              .find(Shop.APP)
              .orElseThrow()
              .spec()
              .components()
              .with(web.toBuilder()
                  .image(Images.load(backend, "2.0"))
                  .command("/bin/busybox false")
                  .build()))
          .build();
      VersionRef second = Shop.publish(site, "2.0", broken);

      try (Load load = Load.on(address())) {
        Plan plan = site.apps().plan(Shop.APP, UpgradeRequest.to(second));
        OperationRecord record = site.apps().execute(plan, Shop.options());

        assertThat(record.status()).isEqualTo(RecordStatus.UNDONE);
        assertThat(record.message()).contains("crash-loop");
        assertThat(load.failures()).isEmpty();
        assertThat(load.bodies()).containsExactly("1.0");
      }
      assertThat(versionInside()).isEqualTo("1.0");
    }
  }
}
