// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.template.TemplateVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageWriterTest {

  @TempDir
  Path directory;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static List<TarArchiveEntry> entries(Path file) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  @Test
  void write_versions_putsHeadsThenManifestsThenDocuments() throws IOException {
    Path file = directory.resolve("p.tar");
    PackageWriter.write(file, List.of(Versions.published("demo@1.0"), Versions.plain("demo@2.0")));

    List<String> names = entries(file).stream().map(TarArchiveEntry::getName).toList();
    assertThat(names)
        .hasSize(11)
        .doesNotHaveDuplicates()
        .startsWith("oci-layout", "index.json", "blobs/", "blobs/sha256/");
    assertThat(names.subList(4, 6)).isSorted();
    assertThat(names.subList(6, 11)).isSorted();
    try (PackageReader reader = PackageReader.open(file)) {
      assertThat(reader.summary().versions())
          .extracting(entry -> "blobs/sha256/" + entry.manifest().hex())
          .containsExactlyInAnyOrderElementsOf(names.subList(4, 6));
    }
  }

  @Test
  void write_anywhere_saysNothingAboutWhenAndByWhom() throws IOException {
    Path file = directory.resolve("p.tar");
    PackageWriter.write(file, List.of(Versions.plain("demo@1.0")));

    assertThat(entries(file)).allSatisfy(entry -> {
      assertThat(entry.getLastModifiedTime().toMillis()).isZero();
      assertThat(entry.getLongUserId()).isZero();
      assertThat(entry.getLongGroupId()).isZero();
      assertThat(entry.getUserName()).isEmpty();
      assertThat(entry.getGroupName()).isEmpty();
      assertThat(entry.getMode() & 0777).isEqualTo(entry.isDirectory() ? 0755 : 0644);
    });
  }

  @Test
  void write_withRamDocument_carriesItsBytesAsTheyAre() throws IOException {
    Path file = directory.resolve("p.tar");
    PackagedVersion published = Versions.published("demo@1.0");
    PackageWriter.write(file, List.of(published));

    try (PackageReader reader = PackageReader.open(file)) {
      assertThat(reader.versions()).containsExactly(published);
      assertThat(reader.versions().get(0).ram()).contains(Versions.ram("nginx:1.11"));
      assertThat(reader.versions().get(0).version().notes()).startsWith("What is new");
      PackageSummary.Entry entry = reader.summary().versions().get(0);
      assertThat(entry.ram()).contains(Digest.of(Versions.ram("nginx:1.11")));
      assertThat(entry.components()).isEqualTo(1);
    }
  }

  @Test
  void write_existingFile_isRefusedAndKept() throws IOException {
    Path file = Files.writeString(directory.resolve("p.tar"), "precious");

    assertThatThrownBy(() -> PackageWriter.write(file, List.of(Versions.plain("demo@1.0"))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("there is a file already (name another file, or ask for it");
    assertThat(file).hasContent("precious");
    assertThat(files()).containsExactly(file);
  }

  @Test
  void write_existingFileThatMayBeReplaced_replacesIt() throws IOException {
    Path file = Files.writeString(directory.resolve("p.tar"), "old");
    PackageWriter.write(
        file, List.of(Versions.plain("demo@1.0")), WriteOptions.defaults().replacingExisting());

    PackageReader.open(file).close();
    assertThat(files()).containsExactly(file);
  }

  @Test
  void write_missingDirectory_failsWithNextStep() {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(
            () -> PackageWriter.write(missing.resolve("p.tar"), List.of(Versions.plain("d@1"))))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("make the directory " + missing + " first");
  }

  @Test
  void write_directoryInPlaceOfFile_leavesNothingBehind() throws IOException {
    Path file = Files.createDirectories(directory.resolve("p.tar/inside")).getParent();

    assertThatThrownBy(() -> PackageWriter.write(
            file, List.of(Versions.plain("demo@1.0")), WriteOptions.defaults().replacingExisting()))
        .isInstanceOf(PackagingException.class);
    assertThat(files()).containsExactly(file);
  }

  @Test
  void write_versionsThatDoNotHoldTogether_namesAll() throws IOException {
    byte[] other = Versions.ram("nginx:1.12");
    TemplateVersion wrongRam = Versions.published("demo@1.0").version().toBuilder()
        .ramDigest(Digest.of(other))
        .build();
    TemplateVersion wrongDigest =
        Versions.version("demo@2.0").specDigest(Digest.of("another spec")).build();

    RefusedException refusal = catchThrowableOfType(
        RefusedException.class,
        () -> PackageWriter.write(
            directory.resolve("p.tar"),
            List.of(PackagedVersion.of(wrongRam, other), PackagedVersion.of(wrongDigest))));

    assertThat(refusal.obstacles())
        .extracting(Obstacle::code, Obstacle::place)
        .containsExactly(tuple("altered", "demo@1.0"), tuple("altered", "demo@2.0"));
    assertThat(files()).isEmpty();
  }

  @Test
  void write_noVersionOrOneTwice_isACallersMistake() {
    Path file = directory.resolve("p.tar");

    assertThatThrownBy(() -> PackageWriter.write(file, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PackageWriter.write(
            file, List.of(Versions.plain("demo@1.0"), Versions.plain("demo@v1.0.0"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("demo@1.0 and demo@v1.0.0, the same version");
    assertThatThrownBy(() -> PackagedVersion.of(Versions.published("demo@1.0").version()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> PackagedVersion.of(Versions.published("demo@1.0").version(), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void write_compressed_isNamedByTheFileAndFoundByItsBytes() throws IOException {
    List<PackagedVersion> versions = List.of(Versions.published("demo@1.0"));
    Path plain = directory.resolve("p.tar");
    PackageWriter.write(plain, versions);
    for (Compression compression : Compression.values()) {
      String name = switch (compression) {
        case NONE -> "q.tar";
        case GZIP -> "q.tar.gz";
        case ZSTD -> "q.tar.zst";
      };
      Path file = directory.resolve(name);
      PackageWriter.write(file, versions);
      Path renamed = Files.move(file, directory.resolve("renamed"));
      try (PackageReader reader = PackageReader.open(renamed);
          PackageReader reference = PackageReader.open(plain)) {
        assertThat(reader.summary().compression()).isEqualTo(compression);
        assertThat(reader.versions()).isEqualTo(versions);
        assertThat(reader.summary().digest()).isEqualTo(reference.summary().digest());
      }
      Files.delete(renamed);
    }
    assertThat(Compression.forFile(Path.of("A.TGZ"))).isEqualTo(Compression.GZIP);
    assertThat(Compression.forFile(Path.of("package"))).isEqualTo(Compression.NONE);
  }

  @Test
  void open_largeDocuments_areStagedAndTheStagingIsRemoved() throws IOException {
    PackagedVersion large = PackagedVersion.of(
        Versions.version("demo@1.0").notes("x".repeat(3_000_000)).build());
    Path file = directory.resolve("p.tar.gz");
    PackageWriter.write(file, List.of(large));
    Path staging = Files.createDirectory(directory.resolve("staging"));

    try (PackageReader reader =
        PackageReader.open(file, ReadOptions.defaults().withStaging(staging))) {
      assertThat(reader.versions()).containsExactly(large);
    }
    assertThat(staging).isEmptyDirectory();

    Files.delete(staging);
    assertThatThrownBy(() -> PackageReader.open(file, ReadOptions.defaults().withStaging(staging)))
        .isInstanceOf(PackagingException.class)
        .hasMessageContaining("Cannot stage package in " + staging);
  }

  @Test
  void refName_textsThatAreNoTag_getOneOfTheirOwn() {
    assertThat(Manifests.refName(Versions.version("demo@1.0").build().ref())).isEqualTo("demo_1.0");
    for (String ref : List.of("a b@1", "应用@1", "a_b@1", "a@1+x", "-a@1", "a".repeat(130) + "@1")) {
      String name = Manifests.refName(Versions.version(ref).build().ref());
      assertThat(name).matches("t_[0-9a-f]{32}");
    }
  }

  @Test
  void write_strangeNames_comeBack() {
    String name = "\"quoted\" \\ back\u0001\n\t\u00e9\u6b63\ud83d\ude00";
    PackagedVersion version = PackagedVersion.of(
        Versions.version("应用 \"1\"@v1").name(name).notes(name).build());
    Path file = directory.resolve("p.tar");
    PackageWriter.write(file, List.of(version));

    try (PackageReader reader = PackageReader.open(file)) {
      assertThat(reader.versions()).containsExactly(version);
      assertThat(reader.summary().versions().get(0).name()).isEqualTo(name);
    }
  }
}
