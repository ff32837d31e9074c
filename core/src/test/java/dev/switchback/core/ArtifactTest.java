// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import static dev.switchback.core.Sites.SHOP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.packaging.ImageArchive;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.Presence;
import dev.switchback.testkit.simulation.SimulatedCall;
import dev.switchback.testkit.simulation.SimulatedCall.Method;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Artifacts get to the backend before anything changes. */
final class ArtifactTest {

  private final Sites sites = new Sites();
  private final Apps apps = sites.site.apps();

  ArtifactTest() {
    sites.backend.withArtifactLoader();
  }

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void plan_withMissingArtifacts_namesEveryOne() {
    Digest web = digest("no web");
    Digest db = digest("no db");

    Plan plan = apps.plan(SHOP, new InstallRequest(publish(web, db)));

    assertThat(plan.obstacles())
        .extracting(Obstacle::code)
        .containsExactly("artifact-missing", "artifact-missing");
    assertThat(plan.obstacles().toString()).contains(web.toString(), db.toString());
    assertThat(sites.backend.changes()).isEmpty();
  }

  @Test
  void install_loadsWhatIsMissingBeforeAnyStep() {
    VersionRef version = publish(image("web"), image("db"));
    Plan plan = apps.plan(SHOP, new InstallRequest(version));

    assertThat(plan.artifacts())
        .extracting(artifact -> artifact.presence())
        .containsOnly(Presence.PRESENT);
    assertThat(apps.execute(plan, ExecutionOptions.defaults()).status())
        .isEqualTo(RecordStatus.SUCCEEDED);
    assertThat(sites.backend.calls())
        .extracting(SimulatedCall::method)
        .filteredOn(method -> method == Method.LOAD || method == Method.APPLY)
        .containsExactly(Method.LOAD, Method.LOAD, Method.APPLY, Method.APPLY);
  }

  @Test
  void install_doesNotLoadWhatTheBackendHas() {
    VersionRef version = publish(image("web"), image("db"));
    ArtifactLoader loader = sites.backend.artifactLoader().orElseThrow();
    loader.load(image("web"), ImageArchive.of(sites.blobs::open, image("web")).open());
    int loads = loads();

    apps.install(SHOP, version);

    assertThat(loads() - loads).isEqualTo(1);
  }

  @Test
  void plan_ofAnImageWithoutOneOfItsLayers_isRefused() {
    Digest image = image("web");
    sites.blobs.delete(digest("layer of web"), Instant.MAX);

    assertThat(apps.plan(SHOP, new InstallRequest(publish(image, image("db")))).obstacles())
        .extracting(Obstacle::code)
        .containsExactly("artifact-missing");
  }

  @Test
  void execute_whenABlobHasGoneSince_changesNothing() {
    VersionRef version = publish(image("web"), image("db"));
    Plan plan = apps.plan(SHOP, new InstallRequest(version));
    sites.blobs.delete(digest("layer of web"), Instant.MAX);

    assertThatThrownBy(() -> apps.execute(plan, ExecutionOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is not there");
    assertThat(sites.backend.changes()).isEmpty();
    assertThat(apps.find(SHOP)).isEmpty();
  }

  @Test
  void archive_isAnImageLayoutWithEveryBlob() throws IOException {
    Digest image = image("web");
    Map<String, String> files = new LinkedHashMap<>();
    try (InputStream archive = ImageArchive.of(sites.blobs::open, image).open();
        TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
      }
    }

    assertThat(files.keySet())
        .containsExactly(
            "oci-layout",
            "index.json",
            "blobs/sha256/" + image.hex(),
            "blobs/sha256/" + digest("config of web").hex(),
            "blobs/sha256/" + digest("layer of web").hex());
    assertThat(files.get("index.json")).contains(image.toString());
    assertThat(files).containsValue("layer of web");
    assertThat(Digest.of(files.get("blobs/sha256/" + image.hex()).getBytes(UTF_8)))
        .isEqualTo(image);
  }

  private int loads() {
    return (int) sites.backend.calls().stream()
        .filter(call -> call.method() == Method.LOAD)
        .count();
  }

  private VersionRef publish(Digest web, Digest db) {
    List<Component> components = List.of(component("web", web), component("db", db));
    return sites.publish(
        "1.0", AppSpec.builder().components(Keyed.copyOf(components)).build());
  }

  private static Component component(String key, Digest image) {
    return Component.builder(key)
        .name(key)
        .image(new Image(key + ":1", image, ""))
        .build();
  }

  /** Puts an image of one layer into the blobs. */
  private Digest image(String name) {
    String config = "config of " + name;
    String layer = "layer of " + name;
    put(config);
    put(layer);
    return put("{\"schemaVersion\":2,\"config\":" + descriptor(config) + ",\"layers\":["
        + descriptor(layer) + "]}");
  }

  private static String descriptor(String content) {
    return "{\"digest\":\"" + digest(content) + "\",\"size\":" + content.length() + "}";
  }

  private Digest put(String content) {
    Digest digest = digest(content);
    sites.blobs.put(digest, new ByteArrayInputStream(content.getBytes(UTF_8)));
    return digest;
  }

  private static Digest digest(String content) {
    return Digest.of(content.getBytes(UTF_8));
  }
}
