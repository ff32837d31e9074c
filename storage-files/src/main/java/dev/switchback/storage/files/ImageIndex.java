// SPDX-License-Identifier: Apache-2.0
package dev.switchback.storage.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.switchback.model.Digest;
import dev.switchback.storage.PinnedBlob;
import dev.switchback.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images and artifacts that other tools keep in the layout, and what these consist of. Switchback
 * itself lists nothing in {@code index.json}.
 *
 * <p>Source: OCI image specification 1.1, image layout, image index and image manifest.
 */
final class ImageIndex {

  /**
   * Points from {@code index.json}, or from a manifest, at a blob.
   *
   * @param needed whether the image is not whole without it
   * @param owner what points, for messages
   */
  record Pointer(Digest digest, String mediaType, boolean needed, String owner) {}

  private static final int MAX_INDEX = 32 << 20;

  /** No manifest is larger, by the OCI distribution specification. */
  private static final int MAX_MANIFEST = 4 << 20;

  private static final String NAME = "org.opencontainers.image.ref.name";

  private static final Set<String> INDEX_TYPES = Set.of(
      "application/vnd.oci.image.index.v1+json",
      "application/vnd.docker.distribution.manifest.list.v2+json");

  private static final Set<String> MANIFEST_TYPES = Set.of(
      "application/vnd.oci.image.manifest.v1+json",
      "application/vnd.docker.distribution.manifest.v2+json");

  private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private ImageIndex() {}

  /**
   * Returns what {@code index.json} lists, in its order.
   *
   * @throws StorageException if it is no list of images, whole and understood
   */
  static List<Pointer> entries(Layout layout) throws IOException {
    Path file = layout.index();
    JsonNode index = read(file);
    JsonNode manifests = index.path("manifests");
    boolean isList = manifests.isArray() || manifests.isNull(); // as Go writes an empty one
    if (index.path("schemaVersion").asInt() != 2 || !isList) {
      throw unknown(file, "is not an image index of schema version 2", null);
    }
    List<Pointer> entries = new ArrayList<>();
    for (JsonNode entry : manifests) {
      String name = entry.path("annotations").path(NAME).asText();
      String owner = "index.json lists it" + (name.isEmpty() ? "" : " as '" + name + "'");
      String digest = entry.path("digest").asText();
      entries.add(pointer(entry, true, owner)
          .orElseThrow(
              () -> unknown(file, "lists '" + digest + "', which is not a SHA-256 digest", null)));
    }
    return entries;
  }

  private static JsonNode read(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile() || found.size() > MAX_INDEX) {
      throw unknown(file, "is not a file of at most " + MAX_INDEX + " bytes", null);
    }
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw unknown(file, "is not JSON (" + e.getOriginalMessage() + ")", e);
    }
  }

  private static StorageException unknown(Path file, String why, @Nullable Exception cause) {
    return new StorageException(
        "Cannot tell which blobs other tools need: " + file + " " + why
            + "; mend it with the tool that wrote it, or restore it from a backup",
        cause);
  }

  private static Optional<Pointer> pointer(JsonNode descriptor, boolean needed, String owner) {
    try {
      Digest digest = Digest.parse(descriptor.path("digest").asText());
      return Optional.of(new Pointer(digest, descriptor.path("mediaType").asText(), needed, owner));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Tells that a blob has to stay as long as {@code index.json} lists it. */
  static PinnedBlob pinned(Pointer entry) {
    return new PinnedBlob(entry.digest(), entry.owner());
  }

  /**
   * Returns what a manifest or an index points at; nothing for any other blob, which is not read. An
   * index may leave out images for some platforms, a layer with addresses may be elsewhere, and the
   * subject of an artifact need not be there.
   *
   * @param size how many bytes it has
   */
  static List<Pointer> parts(Path blob, long size, Pointer pointer) throws IOException {
    boolean isIndex = INDEX_TYPES.contains(pointer.mediaType());
    if (size > MAX_MANIFEST || !(isIndex || MANIFEST_TYPES.contains(pointer.mediaType()))) {
      return List.of();
    }
    JsonNode manifest;
    try {
      manifest = JSON.readTree(Files.readAllBytes(blob));
    } catch (JsonProcessingException e) {
      return List.of(); // damaged, or not what it is said to be
    }
    String owner = "image " + pointer.digest().shortText() + " needs it";
    List<Pointer> parts = new ArrayList<>();
    pointer(manifest.path("config"), true, owner).ifPresent(parts::add);
    for (JsonNode layer : manifest.path("layers")) {
      pointer(layer, layer.path("urls").isEmpty(), owner).ifPresent(parts::add);
    }
    for (JsonNode image : manifest.path("manifests")) {
      pointer(image, false, owner).ifPresent(parts::add);
    }
    return parts;
  }
}
