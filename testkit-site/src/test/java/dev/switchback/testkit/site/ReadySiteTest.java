// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.Switchback;
import dev.switchback.model.AppId;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.template.Stage;
import dev.switchback.storage.BlobStore;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.Storage;
import dev.switchback.testkit.memory.ManualClock;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@ReadySite(installed = "1.0")
final class ReadySiteTest {

  private final Switchback ofConstructor;
  private Switchback ofBeforeEach;

  ReadySiteTest(Switchback site) {
    this.ofConstructor = site;
  }

  @BeforeEach
  void takeSite(Switchback site) {
    ofBeforeEach = site;
  }

  @Test
  void site_hasWhatTheAnnotationSays(Switchback site, AppId app, SimulatedBackend backend) {
    assertThat(site.apps().find(app).orElseThrow().version()).isEqualTo(SampleShop.ref("1.0"));
    assertThat(site.apps().upgrades(app, Stage.RELEASED).newest().orElseThrow().version())
        .isEqualTo(SampleShop.ref("2.0"));
    assertThat(backend.serving(app, SampleShop.WEB)).isPresent();
    assertThat(backend.readVolume(app, SampleShop.DB, "/data")).isPresent();
  }

  @RepeatedTest(2)
  void site_isOfOneTestAlone(Switchback site, AppId app) {
    assertThat(site).isSameAs(ofConstructor).isSameAs(ofBeforeEach);
    assertThat(site.apps().records(app, PageRequest.first(10)).items()).hasSize(1);

    OperationRecord upgrade = site.apps().upgrade(app, SampleShop.ref("2.0"));

    assertThat(upgrade.status()).isEqualTo(RecordStatus.SUCCEEDED);
  }

  @Test
  void parts_belongToOneSite(
      Switchback site, AppId app, Storage storage, BlobStore blobs, ManualClock clock) {
    Instant before = clock.instant();
    OperationRecord upgrade = site.apps().upgrade(app, SampleShop.ref("2.0"));

    assertThat(storage.records().find(upgrade.id())).isPresent();
    assertThat(blobs.open(upgrade.plan().orElseThrow())).isPresent();
    assertThat(clock.instant()).as("waiting moves the clock").isAfter(before);
    clock.advance(Duration.ofDays(8));
    assertThat(clock.instant()).isAfter(before.plus(Duration.ofDays(8)));
  }

  @Test
  @ReadySite(published = "3.0", app = "other-shop")
  void method_withAnAnnotationOfItsOwn_getsItsOwnSite(Switchback site, AppId app) {
    assertThat(app).isEqualTo(new AppId("other-shop"));
    assertThat(site.apps().find(app)).isEmpty();
    assertThat(site.apps().install(app, SampleShop.ref("3.0")).status())
        .isEqualTo(RecordStatus.SUCCEEDED);
  }

  @Nested
  final class InANestedClass {

    @Test
    void site_isAsTheOuterClassSays(Switchback site, AppId app) {
      assertThat(site.apps().find(app)).isPresent();
    }
  }
}
