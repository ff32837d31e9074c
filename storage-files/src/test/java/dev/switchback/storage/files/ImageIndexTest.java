// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchback.model.Digest;
import dev.switchback.storage.PinnedBlob;
import dev.switchback.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images and artifacts that other tools keep in the layout. */
final class ImageIndexTest {

  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final Digest ABSENT = Digest.of("absent");

  @TempDir
  Path directory;

  private FileBlobStore store;

  @BeforeEach
  void open() {
    store = FileBlobStore.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Digest put(String text) {
    store.put(Digest.of(text), new ByteArrayInputStream(text.getBytes(UTF_8)));
    return Digest.of(text);
  }

  private static String descriptor(String type, Digest digest, String more) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1%s}".formatted(type, digest, more);
  }

  private static String tag(String name) {
    return ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}";
  }

  private Digest manifest(String config, String layers) {
    return put("{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s],\"subject\":%s}"
        .formatted(config, layers, descriptor(MANIFEST, ABSENT, "")));
  }

  private void list(String... descriptors) throws IOException {
    write("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", descriptors) + "]}");
  }

  private void write(String index) throws IOException {
    Files.writeString(directory.resolve("index.json"), index);
  }

  @Test
  void pinned_ofAnEmptyList_isEmpty() throws IOException {
    assertThat(store.pinned()).isEmpty();
    write("{\"schemaVersion\":2,\"manifests\":null}");
    assertThat(store.pinned()).isEmpty();
  }

  @Test
  void pinned_ofListedImages_isTheseWithTheirNames() throws IOException {
    Digest image = put("{}");
    list(descriptor(MANIFEST, image, tag("nginx:1.27")), descriptor("text/plain", ABSENT, ""));

    assertThat(store.pinned())
        .containsExactly(
            new PinnedBlob(image, "index.json lists it as 'nginx:1.27'"),
            new PinnedBlob(ABSENT, "index.json lists it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "\"text\"",
        "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha256:",
        "{\"schemaVersion\":2,\"manifests\":{}}",
        "{\"schemaVersion\":3,\"manifests\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[]} and more",
        "{\"schemaVersion\":2,\"manifests\":[],\"manifests\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[{}]}",
        "{\"schemaVersion\":2,\"manifests\":[7]}",
        "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha512:00\"}]}"
      })
  void pinned_ofAListThatIsNotUnderstood_isRefused(String index) throws IOException {
    write(index);

    assertThatThrownBy(store::pinned)
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Cannot tell which blobs other tools need: ")
        .hasMessageContaining("index.json");
    assertThatThrownBy(store::verify).isInstanceOf(StorageException.class);
  }

  @Test
  void pinned_ofAListThatIsGoneOrNoFile_isRefused() throws IOException {
    Files.delete(directory.resolve("index.json"));
    assertThatThrownBy(store::pinned)
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("Cannot tell which blobs other tools need: ")
        .hasMessageContaining("no such file");

    Files.createDirectory(directory.resolve("index.json"));
    assertThatThrownBy(store::pinned)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is not a file");
  }

  @Test
  void pinned_ofAListBeyondAllMeasure_isRefusedUnread() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("index.json").toFile(), "rw")) {
      file.setLength(5L << 30);
    }
    assertThatThrownBy(store::pinned)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is not a file of at most");
  }

  @Test
  void verify_ofWholeImages_isEmpty() throws IOException {
    Digest config = put("config");
    Digest image = manifest(
        descriptor("application/json", config, ""),
        descriptor(LAYER, ABSENT, ",\"urls\":[\"https://example.com/layer\"]"));
    Digest platforms = put("{\"schemaVersion\":2,\"manifests\":[%s,%s]}"
        .formatted(descriptor(MANIFEST, image, ""), descriptor(MANIFEST, ABSENT, "")));
    list(descriptor(INDEX, platforms, tag("nginx")), descriptor(MANIFEST, image, ""));

    assertThat(store.verify()).isEmpty();
  }

  @Test
  void verify_ofListedImagesThatLackSomething_tellsWhat() throws IOException {
    Digest layer = Digest.of("layer");
    Digest config = Digest.of("config");
    Digest image = manifest(descriptor("text/plain", config, ""), descriptor(LAYER, layer, ""));
    Digest platforms =
        put("{\"manifests\":[%s,{\"digest\":7}]}".formatted(descriptor(MANIFEST, image, "")));
    list(descriptor(INDEX, platforms, ""), descriptor(MANIFEST, ABSENT, tag("nginx")));

    String owner = "It is missing: image " + image.shortText() + " needs it";
    assertThat(store.verify())
        .isSortedAccordingTo((one, other) -> one.digest().compareTo(other.digest()))
        .containsExactlyInAnyOrder(
            new DamagedBlob(ABSENT, "It is missing: index.json lists it as 'nginx'"),
            new DamagedBlob(config, owner),
            new DamagedBlob(layer, owner));
    put("layer");
    put("config");
    put("absent");
    assertThat(store.verify()).isEmpty();
  }

  @Test
  void verify_ofABlobThatIsNotTheManifestItShouldBe_readsNothingIntoIt() throws IOException {
    Digest text = put("no JSON");
    Digest large =
        put(" ".repeat(5 << 20) + "{\"layers\":[" + descriptor(LAYER, ABSENT, "") + "]}");
    Digest layer = put("{\"layers\":[" + descriptor(LAYER, ABSENT, "") + "]}");
    list(
        descriptor(MANIFEST, text, ""),
        descriptor(MANIFEST, large, ""),
        descriptor(LAYER, layer, ""));

    assertThat(store.verify()).isEmpty();
    Files.writeString(directory.resolve("blobs/sha256/" + text.hex()), "damaged");
    assertThat(store.verify()).extracting(DamagedBlob::digest).containsExactly(text);
    store.delete(text, Instant.MAX);
    assertThat(store.verify())
        .containsExactly(new DamagedBlob(text, "It is missing: index.json lists it"));
  }
}
