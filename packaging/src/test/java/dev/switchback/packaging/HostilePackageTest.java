// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages that somebody made to do harm, or made wrongly: refused, with the reason. */
final class HostilePackageTest {

  @TempDir
  Path directory;

  private static Archive good() {
    return Archive.of(Versions.published("demo@1.0"));
  }

  private List<Obstacle> refuse(byte[] bytes, ReadOptions options) {
    RefusedException refusal = catchThrowableOfType(
        RefusedException.class,
        () -> PackageReader.read(
                new ByteArrayInputStream(bytes), "hostile", options.withStaging(directory))
            .close());
    assertThat(refusal)
        .as("refusal")
        .isNotNull()
        .hasMessageStartingWith("Cannot read package hostile:\n");
    assertThat(directory).isEmptyDirectory();
    return refusal.obstacles();
  }

  private void assertRefused(byte[] bytes, String code, String part) {
    assertThat(refuse(bytes, ReadOptions.defaults())).anySatisfy(obstacle -> {
      assertThat(obstacle.code()).isEqualTo(code);
      assertThat(obstacle.explain()).contains(part);
    });
  }

  private void assertRefused(Archive archive, String code, String part) {
    assertRefused(archive.bytes(), code, part);
  }

  @Test
  void open_archiveTakenApartAndPutTogether_isRead() throws IOException {
    Path file = Files.write(directory.resolve("good"), good().bytes());

    try (PackageReader reader = PackageReader.open(file)) {
      assertThat(reader.versions()).containsExactly(Versions.published("demo@1.0"));
    }
  }

  @Test
  void open_archiveMadeByAnotherTar_isRead() {
    byte[] time = "20 mtime=1700000000\n".getBytes(UTF_8);
    assertThat(time).hasSize(20);
    Archive archive = new Archive().add("./", '5', "", new byte[0]);
    good()
        .forEachFile(
            (name, content) -> archive.add("x", 'x', "", time).add("./" + name, '0', "", content));

    ByteArrayInputStream in = new ByteArrayInputStream(archive.bytes());
    try (PackageReader reader = PackageReader.read(in, "other", ReadOptions.defaults())) {
      assertThat(reader.versions()).containsExactly(Versions.published("demo@1.0"));
    }
  }

  @Test
  void open_namesThatLeadElsewhere_areRefused() {
    for (String name : List.of(
        "../evil", "blobs/sha256/../../../evil", "blobs/..", "..", "a\\..\\evil", "x/../y")) {
      assertRefused(good().file(name, "x"), "unexpected-entry", "it leads out of the package");
    }
    for (String name : List.of("/etc/passwd", "C:\\evil", "\\\\host\\evil")) {
      assertRefused(good().file(name, "x"), "unexpected-entry", "it is an absolute path");
    }
    for (String name :
        List.of("evil", "blobs/evil", "blobs/sha256/evil", "", "index.json/x", ".")) {
      assertRefused(good().file(name, "x"), "unexpected-entry", "a package has no such entry");
    }
  }

  @Test
  void open_entriesThatAreNoFiles_areRefused() {
    String blob = "blobs/sha256/" + "0".repeat(64);
    assertRefused(good().add(blob, '2', "/etc/passwd", new byte[0]), "unexpected-entry", "link");
    assertRefused(good().add(blob, '1', "index.json", new byte[0]), "unexpected-entry", "hard");
    assertRefused(good().add(blob, '3', "", new byte[0]), "unexpected-entry", "a device");
    assertRefused(good().add(blob, '6', "", new byte[0]), "unexpected-entry", "a pipe");
    assertRefused(good().add("a", '2', "/etc", new byte[0]), "unexpected-entry", "symbolic link");
    assertRefused(good().add("dir/", '5', "", new byte[0]), "unexpected-entry", "a directory");
    assertRefused(good().add(blob, 'S', "", new byte[0]), "unexpected-entry", "of a kind");
    assertRefused(
        good().remove("index.json").add("index.json", '2', "/etc/passwd", new byte[0]),
        "unexpected-entry",
        "index.json: it is a symbolic link");
  }

  @Test
  void open_entriesTwice_areRefused() {
    assertRefused(good().file("index.json", "{}"), "duplicate-entry", "index.json");
    assertRefused(good().file("./oci-layout", "{}"), "duplicate-entry", "oci-layout");
    assertRefused(good().blob("{}".getBytes(UTF_8)), "duplicate-entry", "blobs/sha256/44136fa3");
  }

  @Test
  void open_extensionsThatRenameAnEntry_areTakenAtTheirWord() {
    byte[] record = "23 path=../../evil.txt\n".getBytes(UTF_8);
    byte[] miscounted = "22 path=../../evil.txt\n".getBytes(UTF_8);
    assertRefused(
        good().add("ext", 'x', "", record).file("index.json", "x"),
        "unexpected-entry",
        "it leads out of the package");
    assertRefused(
        good().add("ext", 'x', "", miscounted).file("a", "x"), "damaged", "extension header");
    assertRefused(good().add("ext", 'x', "", record), "damaged", "stands before the end");
    assertRefused(good().add("ext", 'g', "", record), "unexpected-entry", "of a kind");
    assertRefused(good().add("ext", 'L', "", record), "unexpected-entry", "of a kind");
    assertRefused(
        good().add("ext", 'x', "", new byte[70_000]).file("a", "x"), "damaged", "70000 bytes");
  }

  @Test
  void open_hugeDeclaredSize_isRefusedBeforeItIsRead() {
    byte[] none = new byte[0];
    String blob = "blobs/sha256/" + "0".repeat(64);
    long huge = 8L * 1024 * 1024 * 1024 - 1;
    assertRefused(good().add(blob, '0', "", none, huge), "too-large", "8589934591 bytes");
    assertRefused(good().add("evil", '0', "", none, huge), "too-large", "8589934591 bytes");
    assertRefused(good().add(blob, '0', "", none, 60_000_000), "damaged", "cut off");
  }

  @Test
  void open_bombs_areRefused() {
    byte[] zeros = new byte[4 * 1024 * 1024];
    Archive bomb = good();
    for (int i = 0; i < 4; i++) {
      bomb.add("zeros" + i, '0', "", zeros);
    }
    byte[] packed = Archive.gzip(bomb.bytes());
    assertThat(packed.length).isLessThan(50_000);

    assertThat(refuse(packed, ReadOptions.defaults().withMaxExpandedBytes(10_000_000)))
        .anySatisfy(obstacle -> {
          assertThat(obstacle.code()).isEqualTo("too-large");
          assertThat(obstacle.message()).isEqualTo("it expands to more than 10000000 bytes");
        });
    assertThat(refuse(good().bytes(), ReadOptions.defaults().withMaxDocumentBytes(100)))
        .extracting(Obstacle::code)
        .contains("too-large");
    assertThat(refuse(good().bytes(), ReadOptions.defaults().withMaxEntries(3)))
        .extracting(Obstacle::message)
        .contains("it has more than 3 entries");
  }

  @Test
  void open_endlessZerosAfterTheEnd_areRefused() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(good().bytes());
    out.writeBytes(new byte[4 * 1024 * 1024]);

    assertThat(refuse(
            Archive.gzip(out.toByteArray()),
            ReadOptions.defaults().withMaxExpandedBytes(1_000_000)))
        .extracting(Obstacle::code)
        .contains("too-large");
  }

  @Test
  void open_deepJson_isRefused() {
    String deep = "[".repeat(100_000);
    assertRefused(good().remove("index.json").file("index.json", deep), "not-json", "index.json");
    assertRefused(good().remove("oci-layout").file("oci-layout", deep), "not-json", "oci-layout");
    assertThat(refuse(
            good()
                .editBlob("\"specDigest\"", "\"name\":\"Demo\"", "\"name\":" + deep)
                .bytes(),
            ReadOptions.defaults()))
        .isNotEmpty();
  }

  @Test
  void open_missingOrDamagedBlob_isRefused() {
    Digest ram = Digest.of(Versions.ram("nginx:1.11"));
    assertRefused(good().remove("blobs/sha256/" + ram.hex()), "missing-blob", "the blob " + ram);
    assertRefused(
        good().edit("blobs/sha256/" + ram.hex(), "nginx:1.11", "nginx:6.66"),
        "wrong-digest",
        "blobs/sha256/" + ram.hex());
    assertRefused(good().remove("index.json"), "missing-entry", "index.json");
    assertRefused(good().remove("oci-layout"), "missing-entry", "oci-layout");
    assertRefused(good().blob("nobody asked".getBytes(UTF_8)), "unexpected-entry", "names this");
  }

  @Test
  void open_severalProblems_areAllListed() {
    Archive archive = good()
        .file("../evil", "x")
        .file("oci-layout", "{}")
        .remove("blobs/sha256/" + Digest.of(Versions.ram("nginx:1.11")).hex());

    assertThat(refuse(archive.bytes(), ReadOptions.defaults()))
        .extracting(Obstacle::code)
        .contains("unexpected-entry", "duplicate-entry", "missing-blob");
  }

  @Test
  void open_wrongSizeInDescriptor_isRefused() {
    int size = Versions.ram("nginx:1.11").length;
    assertRefused(
        good().editManifest("\"size\":" + size + "}", "\"size\":" + (size + 1) + "}"),
        "wrong-size",
        "has " + size + " bytes, not " + (size + 1));
    assertRefused(
        good().editManifest("\"size\":" + size + "}", "\"size\":\"" + size + "\"}"),
        "wrong-size",
        "$.layers[1]");
    assertRefused(
        good().editManifest("\"size\":" + size + "}", "\"size\":1e400}"), "wrong-size", "layers");
  }

  @Test
  void open_ramDocumentOfOtherContent_isRefusedThoughEveryDigestHolds() {
    assertRefused(
        good().editBlob("\"group_key\": ", "nginx:1.11", "nginx:6.66"),
        "altered",
        "it names the RAM");
    byte[] other = Versions.ram("nginx:6.66");
    Digest was = Digest.of(Versions.ram("nginx:1.11"));
    assertRefused(
        good()
            .editBlob("\"specDigest\"", was.toString(), Digest.of(other).toString())
            .editBlob("\"group_key\": ", "nginx:1.11", "nginx:6.66"),
        "altered",
        "its RAM document has content");
  }

  @Test
  void open_contentThatHasNotItsDigest_isRefusedThoughEveryBlobHolds() {
    assertRefused(
        good().editBlob("\"specDigest\"", "nginx:1.11", "nginx:6.66"),
        "altered",
        "its content has the digest");
  }

  @Test
  void open_annotationsThatDifferFromTheDocument_areRefused() {
    assertRefused(
        good()
            .edit(
                "index.json",
                "\"dev.switchback.template.id\":\"demo\"",
                "\"dev.switchback.template.id\":\"other\""),
        "altered",
        "index.json: annotation dev.switchback.template.id is 'other'");
    assertRefused(good().editManifest("\"1.0\"", "\"9.9\""), "altered", "'9.9'");
    assertRefused(good().edit("index.json", "demo_1.0", "latest"), "altered", "'latest'");
    assertRefused(good().editBlob("What is new", "nothing", "anything"), "altered", "its notes");
  }

  @Test
  void open_documentThatIsNone_namesPlaceInIt() {
    assertRefused(
        good().editBlob("\"specDigest\"", "\"ref\":", "\"fer\":"), "json-missing-field", "$");
  }

  @Test
  void open_sameVersionTwice_isRefused() {
    String index = good().text("index.json");
    int from = index.indexOf("[") + 1;
    int to = index.lastIndexOf("]");
    String entry = index.substring(from, to);
    assertRefused(
        good().edit("index.json", entry, entry + "," + entry), "duplicate-version", "demo@1.0");
  }

  @Test
  void open_manifestsThatAreNoList_areRefused() {
    String index = good().text("index.json");
    String list = index.substring(index.indexOf("["), index.lastIndexOf("]") + 1);
    for (String other : List.of("{\"a\":1}", "{}", "[]", "[null]", "\"x\"", "7", "null")) {
      Archive archive =
          good().edit("index.json", "\"manifests\":" + list, "\"manifests\":" + other);
      assertRefused(
          archive, other.equals("[null]") ? "invalid-field" : "no-versions", "index.json");
    }
  }

  @Test
  void open_otherFormats_areRefusedWithAReason() {
    assertRefused(good().edit("oci-layout", "1.0.0", "1.1.0"), "unknown-format", "1.1.0");
    assertRefused(
        good().edit("index.json", "package.format\":\"1\"", "package.format\":\"2\""),
        "unknown-format",
        "the package has format '2', this reader knows 1 (read it with a version of Switchback");
    assertRefused(
        good().edit("index.json", "dev.switchback.package.format", "some.other"),
        "not-a-package",
        "not a package of template versions");
    assertRefused(
        good().editManifest("vnd.switchback.ram.v1", "vnd.example.v9"),
        "unknown-content",
        "vnd.example.v9");
    assertRefused(
        good().edit("index.json", "vnd.switchback.template.v1", "vnd.example.v9"),
        "invalid-field",
        "artifactType");
    assertRefused(
        good().remove("index.json").file("index.json", "{\"schemaVersion\":2}"),
        "not-a-package",
        "index.json");
    assertRefused(good().remove("index.json").file("index.json", "[1]"), "not-a-package", "index");
  }

  @Test
  void open_filesThatAreNoPackages_areRefused() {
    assertRefused(new byte[0], "not-a-package", "no tar");
    assertRefused("hello".getBytes(UTF_8), "not-a-package", "no tar");
    assertRefused("x".repeat(5000).getBytes(UTF_8), "not-a-package", "no tar");
    assertRefused(
        JsonFormats.appSpec().write(Versions.version("a@1").build().spec()),
        "not-a-package",
        "no tar");
    assertRefused(new byte[1024], "missing-entry", "index.json");
    assertRefused(new byte[] {0x1f, (byte) 0x8b}, "damaged", "cut off");
    assertRefused(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, "damaged", "");
    assertRefused(Archive.gzip("hello".getBytes(UTF_8)), "damaged", "cut off");

    RefusedException refusal =
        catchThrowableOfType(RefusedException.class, () -> PackageReader.open(directory));
    assertThat(refusal.obstacles()).extracting(Obstacle::code).containsExactly("not-a-file");
    refusal = catchThrowableOfType(
        RefusedException.class, () -> PackageReader.open(directory.resolve("none")));
    assertThat(refusal.obstacles()).extracting(Obstacle::code).containsExactly("no-such-file");
  }

  @Test
  void open_manyProblems_areCountedAndNamesAreMadePrintable() {
    Archive archive = good();
    for (int i = 0; i < 150; i++) {
      archive.file("evil\u001b[31m" + i, "");
    }
    List<Obstacle> obstacles = refuse(archive.bytes(), ReadOptions.defaults());

    assertThat(obstacles).hasSize(101);
    assertThat(obstacles.get(100).message()).isEqualTo("there are 50 further problems");
    assertThat(obstacles).noneMatch(obstacle -> obstacle.explain().contains("\u001b"));
  }
}
