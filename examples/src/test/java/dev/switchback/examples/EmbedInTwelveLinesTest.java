// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.core.Switchback;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.testkit.simulation.SimulatedBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbedInTwelveLinesTest {

  private static final AppId BLOG = new AppId("blog");

  @TempDir
  private Path directory;

  @Test
  void upgrade_withHealthyBackend_runsTheNewVersion() {
    try (SimulatedBackend backend = new SimulatedBackend().rollTicks(0)) {
      Path file = installOldAndPackNew(backend);

      EmbedInTwelveLines.upgrade(directory.resolve("site"), backend, file, BLOG);

      assertThat(runningImage(backend)).isEqualTo("blog:2.0");
      assertThat(recordedVersion()).isEqualTo("2.0");
    }
  }

  @Test
  void upgrade_withUnhealthyVersion_comesBack() {
    try (SimulatedBackend backend = new SimulatedBackend().rollTicks(0)) {
      Path file = installOldAndPackNew(backend);
      backend.neverHealthyImage("blog:2.0");

      EmbedInTwelveLines.upgrade(directory.resolve("site"), backend, file, BLOG);

      assertThat(runningImage(backend)).isEqualTo("blog:1.0");
      assertThat(recordedVersion()).isEqualTo("1.0");
    }
  }

  @Test
  void readme_showsTheCompiledExample() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    String source = Files.readString(
        module.resolve("src/main/java/dev/switchback/examples/EmbedInTwelveLines.java"));
    String region =
        between(source, "// region embed\n", "    // endregion").stripTrailing().stripIndent();
    String readme = Files.readString(module.resolveSibling("README.md"));

    assertThat(region.lines()).hasSizeLessThanOrEqualTo(12);
    assertThat(between(readme, "```java\n", "```").stripTrailing()).isEqualTo(region);
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start);
    assertThat(from).as("where '%s' begins", start.strip()).isNotNegative();
    int to = text.indexOf(end, from + start.length());
    assertThat(to).as("where '%s' ends", start.strip()).isNotNegative();
    return text.substring(from + start.length(), to);
  }

  /** Installs 1.0 at the site, and returns a package of the vendor with 2.0. */
  private Path installOldAndPackNew(SimulatedBackend backend) {
    try (Switchback site = Switchback.builder()
        .directory(directory.resolve("site"))
        .backend(backend)
        .open()) {
      site.apps().install(BLOG, publish(site, "1.0"));
    }
    Path file = directory.resolve("blog-2.0.tar");
    try (Switchback vendor = Switchback.at(directory.resolve("vendor"))) {
      vendor.packages().export(List.of(publish(vendor, "2.0")), file);
    }
    return file;
  }

  private static VersionRef publish(Switchback library, String version) {
    AppSpec spec = AppSpec.builder()
        .components(
            Keyed.of(Component.builder("web").image(Image.of("blog:" + version)).build()))
        .build();
    VersionRef ref = VersionRef.parse("blog@" + version);
    library
        .library()
        .publish(
            TemplateVersion.builder(ref, spec, JsonFormats.appSpec().digest(spec))
                .build(),
            "vendor");
    return ref;
  }

  private static String runningImage(SimulatedBackend backend) {
    return backend.serving(BLOG, new ComponentKey("web")).orElseThrow().image().reference();
  }

  private String recordedVersion() {
    try (Switchback site = Switchback.at(directory.resolve("site"))) {
      return site.apps().find(BLOG).orElseThrow().version().version().text();
    }
  }
}
