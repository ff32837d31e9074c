// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.json.ram.RamDocument;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.UpgradeRules;
import dev.switchback.storage.BlobStore;
import dev.switchback.testkit.faults.FaultPlan;
import dev.switchback.testkit.faults.Faults;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the library after publishing and importing, and what is not. */
final class LibraryTest {

  private final Sites sites = new Sites();

  @TempDir
  private Path directory;

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void publish_sameVersionOtherContent_storesNothing() {
    publish(sites, document("web:1", ""));
    Set<Digest> before = sites.blobs.digests();

    assertThatThrownBy(() -> publish(sites, document("web:2", "")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("other content");
    assertThat(sites.blobs.digests()).isEqualTo(before).hasSize(1);
  }

  @Test
  void publish_sameContentOtherNotes_isRefused() {
    RamDocument document = RamDocument.read(document("web:1", "").getBytes(UTF_8));
    sites.site.library().publish(document, PublishOptions.fromDocument());

    assertThatThrownBy(() -> sites
            .site
            .library()
            .publish(document, PublishOptions.builder().notes("new in here").build()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("notes");
  }

  @Test
  void publish_sameContentOtherBytes_keepsTheFirst() {
    publish(sites, document("web:1", ""));
    Set<Digest> before = sites.blobs.digests();

    publish(sites, document("web:1", "   "));
    assertThat(sites.blobs.digests()).isEqualTo(before);
  }

  @Test
  void publish_sameContentOtherUnknownField_isRefused() {
    String document = """
        {"group_key": "shop", "group_version": "1.0", "apps": [{"service_key": "web",
          "port_map_list": [{"container_port": 80, "ID": 1}]}]}""";
    publish(sites, document);
    Set<Digest> before = sites.blobs.digests();

    publish(sites, document.replace("\"ID\": 1", "\"ID\": 2"));
    assertThatThrownBy(() -> publish(sites, document.replace("80", "80, \"weight\": 3")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("$.apps[0].port_map_list[0].weight");
    assertThat(sites.blobs.digests()).isEqualTo(before);
  }

  @Test
  void publish_badRangeOverAnotherContent_namesBoth() {
    publish(sites, document("web:1", ""));
    RamDocument next = RamDocument.read(document("web:2", "").getBytes(UTF_8));
    PublishOptions options = PublishOptions.builder()
        .upgradeRules(new UpgradeRules(List.of(">="), false, false))
        .build();

    assertThatThrownBy(() -> sites.site.library().publish(next, options))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.obstacles())
                .extracting(Obstacle::code)
                .containsExactly("range-invalid", "version-exists"));
  }

  @Test
  void importFrom_presentWithOtherBytes_keepsTheFirst() {
    publish(sites, document("web:1", ""));
    Set<Digest> before = sites.blobs.digests();
    Path file = directory.resolve("shop.tar");
    VersionRef shop = VersionRef.parse("shop@1.0");
    try (Sites vendor = new Sites()) {
      publish(vendor, document("web:1", "   "));
      vendor.site.packages().export(List.of(shop, shop), file);
    }

    ImportReport report = sites.site.packages().importFrom(file, "anna");
    assertThat(report.present()).containsExactly(shop);
    assertThat(sites.blobs.digests()).isEqualTo(before);
  }

  @Test
  void importFrom_whileAnotherPublishesOtherContent_isRefused() {
    Path file = directory.resolve("shop.tar");
    VersionRef shop = VersionRef.parse("shop@1.0");
    try (Sites vendor = new Sites()) {
      publish(vendor, document("web:1", ""));
      vendor.site.packages().export(List.of(shop), file);
    }

    try (Switchback site = siteWhereAnotherIsFaster(document("web:2", ""))) {
      assertThatThrownBy(() -> site.packages().importFrom(file, "anna"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("with other content");
    }
  }

  /** Publishes {@code document} between the moment that an import looks and the one that it writes. */
  private Switchback siteWhereAnotherIsFaster(String document) {
    BlobStore raced = (BlobStore) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {BlobStore.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("put")) {
            publish(sites, document);
          }
          try {
            return method.invoke(sites.blobs, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
    return sites.builder("node-2", new Faults(FaultPlan.none())).blobs(raced).open();
  }

  private static void publish(Sites sites, String document) {
    sites
        .site
        .library()
        .publish(RamDocument.read(document.getBytes(UTF_8)), PublishOptions.fromDocument());
  }

  private static String document(String image, String space) {
    return """
        {"group_key": "shop", "group_version": "1.0", %s"apps":
          [{"service_key": "web", "share_image": "%s"}]}""".formatted(space, image);
  }
}
