// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.core.RetentionReport.Item;
import dev.switchback.core.RetentionReport.Kind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Image;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.storage.PageRequest;
import dev.switchback.testkit.faults.Fault;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import dev.switchback.testkit.faults.SimulatedCrash;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RetentionTest {

  private static final ComponentKey WEB = new ComponentKey("web");
  private static final RetentionPolicy STRICT = RetentionPolicy.builder()
      .revisions(2)
      .builds(1)
      .operations(1)
      .age(Duration.ofDays(7))
      .grace(Duration.ofHours(1))
      .build();

  /** Far enough for the record to be there, not far enough for it to be closed. */
  private static final int CALLS_TO_THE_FIRST_STEP = 14;

  private static final int CALLS_OF_INSTALL_TO_THE_FIRST_STEP = 20;

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();
  private final Retention retention = sites.site.retention();

  @AfterEach
  void close() {
    sites.close();
  }

  /** Puts an image of one layer into the blobs, and returns the digest of its manifest. */
  private Digest image(String name) {
    byte[] layer = ("layer of " + name).getBytes(StandardCharsets.UTF_8);
    sites.blobs.put(Digest.of(layer), new ByteArrayInputStream(layer));
    byte[] manifest = ("{\"layers\":[{\"digest\":\"" + Digest.of(layer) + "\"}]}")
        .getBytes(StandardCharsets.UTF_8);
    sites.blobs.put(Digest.of(manifest), new ByteArrayInputStream(manifest));
    return Digest.of(manifest);
  }

  private static Digest layer(String name) {
    return Digest.of("layer of " + name);
  }

  private void edit(String image) {
    PlanRequest request =
        EditRequest.of(new Edit.SetImage(WEB, new Image("web:" + image, image(image), image)));
    apps.execute(apps.plan(SHOP, request), ExecutionOptions.defaults());
  }

  private void edited(int times) {
    apps.install(SHOP, sites.publish("1.0", Sites.shop("1")));
    for (int i = 1; i <= times; i++) {
      edit("e" + i);
    }
  }

  @Test
  void collect_ofWhatIsYoung_keepsEverything() {
    edited(4);

    RetentionReport report = retention.collect(STRICT, "anna");

    assertThat(report.going()).isEmpty();
    assertThat(apps.revision(SHOP, 1)).isPresent();
  }

  @Test
  void collect_ofWhatIsOld_keepsTheLatestAndWhatTheyNeed() {
    edited(4);
    sites.clock.advance(Duration.ofDays(8));

    RetentionReport report = retention.collect(STRICT, "anna");

    assertThat(names(report, Kind.REVISION)).containsExactly("3", "2", "1");
    assertThat(names(report, Kind.BUILD)).containsExactly("web e2", "web e1", "web 1");
    assertThat(names(report, Kind.JOURNAL)).hasSize(4);
    assertThat(report.bytesGoing()).isPositive();
    assertThat(apps.revision(SHOP, 3)).isEmpty();
    assertThat(apps.revision(SHOP, 4)).isPresent();
    assertThat(sites.blobs.digests())
        .contains(layer("e4"), layer("e3"))
        .doesNotContain(layer("e2"));
    assertThat(apps.records(SHOP, PageRequest.first(100)).items()).hasSize(5);
    assertThat(sites.site.audit().verify(SHOP).isIntact()).isTrue();
    assertThat(apps.builds(SHOP, WEB, PageRequest.first(10)).items())
        .extracting(Build::version)
        .containsExactly("e4", "e3");
  }

  @Test
  void preview_writesNothingAndTellsWhatCollectWillDo() {
    edited(4);
    sites.clock.advance(Duration.ofDays(8));

    RetentionReport preview = retention.preview(STRICT);

    assertThat(apps.revision(SHOP, 1)).isPresent();
    RetentionReport report = retention.collect(STRICT, "anna");
    assertThat(report.going()).isEqualTo(preview.going());
    assertThat(report.kept()).isEqualTo(preview.kept());
    assertThat(retention.collect(STRICT, "anna").going()).isEmpty();
  }

  @Test
  void report_saysWhyEachThingIsKept() {
    edited(3);
    sites.clock.advance(Duration.ofDays(8));

    RetentionReport report = retention.preview(STRICT);

    assertThat(reason(report, Kind.REVISION, "4")).isEqualTo("it is the present one");
    assertThat(reason(report, Kind.REVISION, "3")).contains("among the latest 2");
    assertThat(reason(report, Kind.REVISION, "2")).contains("not younger than 7 d");
    assertThat(reason(report, Kind.BUILD, "web e2")).isEqualTo("revision 3 runs it");
    assertThat(reason(report, Kind.BLOB, layer("e2").toString())).contains("part of image");
    assertThat(reason(report, Kind.BLOB, layer("e1").toString())).isEqualTo("nothing needs it");
  }

  @Test
  void revisionOfAYear_replacedYesterday_isKept() {
    edited(0);
    sites.clock.advance(Duration.ofDays(365));
    edit("e1");
    sites.clock.advance(Duration.ofDays(1));

    RetentionPolicy one =
        RetentionPolicy.builder().revisions(1).age(Duration.ofDays(7)).build();

    assertThat(names(retention.collect(one, "anna"), Kind.REVISION)).isEmpty();
  }

  @Test
  void rollback_toARevisionThatWent_isAnObstacleOfThePlan() {
    edited(4);
    OperationRecord second = apps.records(SHOP, PageRequest.first(10)).items().get(3);
    sites.clock.advance(Duration.ofDays(8));
    retention.collect(STRICT, "anna");

    Plan plan = apps.plan(SHOP, RollbackRequest.revision(2).build());
    assertThat(plan.obstacles()).extracting("code").containsExactly("revision-unknown");
    assertThat(apps.planRollback(second.id()).obstacles())
        .extracting("code")
        .contains("revision-unknown");
    assertThat(apps.plan(SHOP, RollbackRequest.revision(4).build()).isExecutable())
        .isTrue();
  }

  @Test
  void collect_ofAHeldApp_keepsAllOfIt() {
    edited(4);
    sites.clock.advance(Duration.ofDays(8));
    sites.site.audit().hold(SHOP, "anna", "we look into it");

    RetentionReport report = retention.collect(STRICT, "anna");

    assertThat(report.going()).isEmpty();
    assertThat(reason(report, Kind.REVISION, "1")).isEqualTo("the app is held");
    assertThat(sites.blobs.digests()).contains(layer("e1"));
  }

  @Test
  void collect_whileSomebodyChangesTheApp_leavesItAndItsBlobsAlone() {
    edited(4);
    sites.clock.advance(Duration.ofDays(8));
    Lease lease = sites.storage.leases().acquire(SHOP, "node-9", Duration.ofMinutes(1));

    RetentionReport report = retention.collect(STRICT, "anna");

    assertThat(report.going()).isEmpty();
    assertThat(reason(report, Kind.REVISION, "1")).contains("node-9");
    assertThat(sites.blobs.digests()).contains(layer("e1"));
    sites.storage.leases().release(lease);
    assertThat(retention.collect(STRICT, "anna").going()).isNotEmpty();
  }

  @Test
  void collect_withAnOperationCutShort_keepsWhatItNeedsSoThatItCanBeRecovered() {
    edited(2);
    PlanRequest request =
        EditRequest.of(new Edit.SetImage(WEB, new Image("web:next", image("next"), "next")));
    Plan plan = apps.plan(SHOP, request);
    Faults faults = new Faults(FaultPlan.at(CALLS_TO_THE_FIRST_STEP, Fault.CRASH_BEFORE));
    try (Switchback node = sites.open("node-2", faults)) {
      assertThatThrownBy(() -> node.apps().execute(plan, ExecutionOptions.defaults()))
          .isInstanceOf(SimulatedCrash.class);
    }
    OperationRecord open = apps.records(SHOP, PageRequest.first(1)).items().get(0);
    assertThat(open.status().isTerminal()).isFalse();
    sites.clock.advance(Duration.ofDays(8));

    RetentionPolicy nothing = RetentionPolicy.builder()
        .revisions(1)
        .builds(1)
        .operations(0)
        .age(Duration.ZERO)
        .grace(Duration.ZERO)
        .build();
    RetentionReport report = retention.collect(nothing, "anna");

    assertThat(reason(report, Kind.JOURNAL, open.id().value())).contains("has not ended");
    assertThat(sites.blobs.digests()).contains(layer("next"), open.plan().orElseThrow());
    assertThat(sites.storage.journals().read(open.id())).isNotEmpty();
    assertThat(apps.recover(ExecutionOptions.defaults()))
        .singleElement()
        .matches(record -> record.status().isTerminal());
  }

  @Test
  void collect_withAFirstInstallCutShort_keepsItsPlan() {
    VersionRef ref = sites.publish("1.0", Sites.shop("1"));
    Faults faults =
        new Faults(FaultPlan.at(CALLS_OF_INSTALL_TO_THE_FIRST_STEP, Fault.CRASH_BEFORE));
    try (Switchback node = sites.open("node-2", faults)) {
      assertThatThrownBy(() -> node.apps().install(SHOP, ref)).isInstanceOf(SimulatedCrash.class);
    }
    OperationRecord open = apps.records(SHOP, PageRequest.first(1)).items().get(0);
    assertThat(open.status().isTerminal()).isFalse();
    assertThat(apps.find(SHOP)).isEmpty();
    sites.clock.advance(Duration.ofDays(8));

    RetentionReport preview = retention.preview(STRICT);
    RetentionReport report = retention.collect(STRICT, "anna");

    assertThat(report).isEqualTo(preview);
    assertThat(sites.blobs.digests()).contains(open.plan().orElseThrow());
    assertThat(reason(report, Kind.JOURNAL, open.id().value())).contains("has not ended");
    assertThat(apps.recover(ExecutionOptions.defaults()))
        .singleElement()
        .matches(record -> record.status().isTerminal());
  }

  @Test
  void collect_keepsWhatTheLibraryNeeds() {
    Digest digest = image("vendor");
    AppSpec spec = AppSpec.builder()
        .components(Keyed.of(Sites.component("web", "1").toBuilder()
            .image(new Image("web:1", digest, ""))
            .build()))
        .build();
    VersionRef ref = sites.publish("9.0", spec);
    Digest stray = image("stray");
    sites.clock.advance(Duration.ofDays(8));

    RetentionReport report = retention.collect(STRICT, "anna");

    assertThat(sites.blobs.digests()).containsExactlyInAnyOrder(digest, layer("vendor"));
    assertThat(reason(report, Kind.BLOB, digest.toString())).isEqualTo(ref + " needs it");
    assertThat(names(report, Kind.BLOB))
        .containsExactlyInAnyOrder(stray.toString(), layer("stray").toString());
  }

  @Test
  void collect_ofABlobTouchedAfterItWasListed_keepsIt() {
    Digest stray = image("stray");
    sites.clock.advance(Duration.ofDays(8));
    Faults faults = new Faults(FaultPlan.none());
    // Somebody stages the image between the look and the removal.
    faults.beforeEach(call -> {
      if (call.contains("delete")) {
        sites.blobs.present(List.of(stray));
      }
    });
    try (Switchback node = sites.open("node-2", faults)) {
      RetentionReport report = node.retention().collect(STRICT, "anna");

      assertThat(reason(report, Kind.BLOB, stray.toString())).contains("touched");
    }
    assertThat(sites.blobs.digests()).contains(stray);
  }

  @Test
  void collect_removesAManifestBeforeItsLayers() {
    Digest stray = image("stray");
    sites.clock.advance(Duration.ofDays(8));
    Faults faults = new Faults(FaultPlan.none());
    boolean[] manifestFirst = {true};
    faults.beforeEach(call -> manifestFirst[0] &=
        sites.blobs.digests().contains(layer("stray")) || !sites.blobs.digests().contains(stray));
    try (Switchback node = sites.open("node-2", faults)) {
      node.retention().collect(STRICT, "anna");
    }
    assertThat(sites.blobs.digests()).isEmpty();
    assertThat(manifestFirst[0]).isTrue();
  }

  @Test
  void policy_thatKeepsNothingOfWhatRuns_isInvalid() {
    assertThatThrownBy(() -> RetentionPolicy.builder().revisions(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid number of revisions");
    assertThatThrownBy(() -> RetentionPolicy.builder().grace(Duration.ofSeconds(-1)))
        .hasMessageStartingWith("Invalid grace");
  }

  private static List<String> names(RetentionReport report, Kind kind) {
    return report.going().stream()
        .filter(item -> item.kind() == kind)
        .map(Item::name)
        .toList();
  }

  private static String reason(RetentionReport report, Kind kind, String name) {
    return report.items().stream()
        .filter(item -> item.kind() == kind && item.name().equals(name))
        .map(Item::reason)
        .findFirst()
        .orElseThrow();
  }
}
