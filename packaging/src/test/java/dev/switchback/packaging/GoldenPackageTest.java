// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.Setting;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Packages of format 1 as they once were written. They are read for ever; a change that breaks this
 * test needs a new format, not a new file.
 */
final class GoldenPackageTest {

  private static final List<String> NAMES =
      List.of("format-1.tar", "format-1.tar.gz", "format-1.tar.zst");

  @TempDir
  Path directory;

  private static Path golden(String name) {
    try {
      return Path.of(GoldenPackageTest.class.getResource("/golden/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<PackagedVersion> versions() {
    return List.of(
        Versions.published("demo@1.0"),
        PackagedVersion.of(Versions.version("应用 一@v2").stage(Stage.TESTING).build()));
  }

  @Test
  void open_goldenPackages_areReadForEver() {
    for (String name : NAMES) {
      try (PackageReader reader = PackageReader.open(golden(name))) {
        assertThat(reader.summary().formatVersion()).isEqualTo(1);
        assertThat(reader.summary().digest())
            .hasToString("sha256:17d649c82097f822b91fc7150431ceaba99239792786ee39ae7b8cc4944428ab");
        assertThat(reader.versions())
            .extracting(packaged -> packaged.version().ref())
            .containsExactly(VersionRef.parse("demo@1.0"), VersionRef.parse("应用 一@v2"));

        PackagedVersion first = reader.versions().get(0);
        assertThat(first.version().name()).isEqualTo("Demo");
        assertThat(first.version().notes()).isEqualTo("What is new:\n- nothing\n");
        assertThat(first.version().stage()).isEqualTo(Stage.RELEASED);
        assertThat(first.ram()).contains(Versions.ram("nginx:1.11"));
        assertThat(first.version().spec().components())
            .extracting(component -> component.key() + " " + component.image().reference())
            .containsExactly("web nginx:1.11");

        PackagedVersion second = reader.versions().get(1);
        assertThat(second.version().stage()).isEqualTo(Stage.TESTING);
        assertThat(second.ram()).isEmpty();
        assertThat(second.version().spec().components()).singleElement().satisfies(component -> {
          assertThat(component.image()).isEqualTo(Image.of("nginx:1.11"));
          assertThat(component.env())
              .extracting(variable -> variable.value())
              .containsExactly(Setting.plain("on"));
        });
      }
    }
  }

  @Test
  void write_sameVersionsAgain_givesTheSameBytes() {
    Path again = directory.resolve("again.tar");
    PackageWriter.write(again, versions());

    assertThat(again).hasSameBinaryContentAs(golden("format-1.tar"));
  }

  @Test
  void write_whatWasRead_givesTheSameBytes() {
    Path again = directory.resolve("again.tar");
    try (PackageReader reader = PackageReader.open(golden("format-1.tar.gz"))) {
      PackageWriter.write(again, reader.versions());
    }
    assertThat(again).hasSameBinaryContentAs(golden("format-1.tar"));
  }

  @Test
  void open_goldenPackage_doesNotChangeIt() throws IOException {
    byte[] before = Files.readAllBytes(golden("format-1.tar"));
    PackageReader.open(golden("format-1.tar")).close();

    assertThat(golden("format-1.tar")).hasBinaryContent(before);
  }

  /** Wrote the files, once, into the directory that is the argument. */
  public static void main(String[] arguments) {
    for (String name : NAMES) {
      Path file = Path.of(arguments[0], name);
      PackageWriter.write(file, versions());
      try (PackageReader reader = PackageReader.open(file)) {
        System.out.println(
            Files.size(file) + " " + name + " " + reader.summary().digest());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
