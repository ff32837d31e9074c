// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.RefusedException;
import dev.switchback.testkit.arbitraries.Specs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds for every package. */
final class PackageLaws {

  private static Path directory;

  @BeforeContainer
  static void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("package-laws");
  }

  @AfterContainer
  static void removeDirectory() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Provide
  Arbitrary<List<PackagedVersion>> versions() {
    return Specs.templateVersion(JsonFormats.appSpec()::digest)
        .map(version -> PackagedVersion.of(version.toBuilder().ramDigest(null).build()))
        .list()
        .uniqueElements(packaged -> packaged.version().ref())
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private static Path write(String name, List<PackagedVersion> versions) {
    Path file = directory.resolve(name);
    PackageWriter.write(file, versions, WriteOptions.defaults().replacingExisting());
    return file;
  }

  @Property(tries = 60)
  void readingGivesBackWhatWasWritten(
      @ForAll("versions") List<PackagedVersion> versions, @ForAll Compression compression) {
    Path file = directory.resolve("round-trip");
    PackageWriter.write(
        file, versions, WriteOptions.defaults().replacingExisting().withCompression(compression));

    List<PackagedVersion> sorted = new ArrayList<>(versions);
    sorted.sort(Comparator.comparing(packaged -> packaged.version().ref()));
    try (PackageReader reader = PackageReader.open(file)) {
      assertThat(reader.versions()).isEqualTo(sorted);
      assertThat(reader.summary().compression()).isEqualTo(compression);
    }
  }

  @Property(tries = 30)
  void sameVersionsGiveTheSameBytesInAnyOrder(@ForAll("versions") List<PackagedVersion> versions)
      throws IOException {
    List<PackagedVersion> turned = new ArrayList<>(versions);
    Collections.reverse(turned);

    assertThat(write("turned.tar", turned)).hasSameBinaryContentAs(write("as-is.tar", versions));
  }

  @Property(tries = 1000)
  void damagedPackageIsRefusedOrReadsTheSame(
      @ForAll("damages") Damage damage, @ForAll Compression compression) {
    List<PackagedVersion> versions = List.of(Versions.published("demo@1.0"));
    byte[] damaged = damage.applyTo(Archive.write(compression, versions.get(0)));
    ByteArrayInputStream in = new ByteArrayInputStream(damaged);
    try (PackageReader reader = PackageReader.read(in, "damaged", ReadOptions.defaults())) {
      assertThat(reader.versions()).isEqualTo(versions);
    } catch (RefusedException e) {
      assertThat(e.obstacles()).isNotEmpty();
    }
  }

  /** Replaces, inserts or drops some bytes at some place, given as a share of the whole. */
  record Damage(double place, int dropped, List<Byte> inserted) {

    byte[] applyTo(byte[] bytes) {
      int from = (int) (place * bytes.length);
      int to = Math.min(bytes.length, from + dropped);
      byte[] damaged = new byte[bytes.length - (to - from) + inserted.size()];
      System.arraycopy(bytes, 0, damaged, 0, from);
      for (int i = 0; i < inserted.size(); i++) {
        damaged[from + i] = inserted.get(i);
      }
      System.arraycopy(bytes, to, damaged, from + inserted.size(), bytes.length - to);
      return damaged;
    }
  }

  @Provide
  Arbitrary<Damage> damages() {
    Arbitrary<Integer> dropped = Arbitraries.of(0, 1, 2, 511, 512, 1024, Integer.MAX_VALUE / 2);
    Arbitrary<List<Byte>> inserted = Arbitraries.bytes().list().ofMaxSize(4);
    return Arbitraries.doubles()
        .between(0, 1)
        .flatMap(place ->
            dropped.flatMap(count -> inserted.map(bytes -> new Damage(place, count, bytes))));
  }
}
