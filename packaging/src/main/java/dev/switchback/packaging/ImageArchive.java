// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.jspecify.annotations.Nullable;

/**
 * One image out of the blobs of a site, as an OCI layout in a tar. Nothing but manifests is ever held
 * in memory. A blob that is no manifest is taken for such an archive itself.
 *
 * <p>Source: the OCI image layout, version 1.0.0.
 */
public final class ImageArchive {

  private static final int MANIFEST_LIMIT = 4 << 20;
  private static final int BLOCK = 512;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<Digest, Optional<InputStream>> blobs;
  private final Digest image;
  private final Map<Digest, Long> sizes = new LinkedHashMap<>();
  private @Nullable String mediaType;

  private ImageArchive(Function<Digest, Optional<InputStream>> blobs, Digest image) {
    this.blobs = blobs;
    this.image = image;
  }

  /**
   * Finds out what an image consists of, as far as its manifests are there.
   *
   * @param blobs opens the bytes with a digest; empty if they are not there
   * @param digest the image: the digest of its manifest or index
   * @throws PackagingException if a manifest could not be read
   */
  public static ImageArchive of(Function<Digest, Optional<InputStream>> blobs, Digest digest) {
    ImageArchive archive =
        new ImageArchive(requireNonNull(blobs, "blobs"), requireNonNull(digest, "digest"));
    archive.mediaType = archive.readManifest(digest).orElse(null);
    return archive;
  }

  /** Returns the digests of all its blobs, as far as its manifests tell, itself among them. */
  public List<Digest> digests() {
    List<Digest> needed = new ArrayList<>(sizes.keySet());
    if (!sizes.containsKey(image)) {
      needed.add(image);
    }
    return needed;
  }

  /**
   * Opens the archive, which the caller closes; it is made while it is read. Reading throws {@link
   * PackagingException} when it comes to a blob that is not there.
   */
  public InputStream open() {
    if (mediaType == null) {
      return openBlob(image);
    }
    List<Supplier<InputStream>> parts = new ArrayList<>();
    add(parts, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
    add(
        parts,
        "index.json",
        JSON.createObjectNode()
            .put("schemaVersion", 2)
            .set(
                "manifests",
                JSON.createArrayNode()
                    .add(JSON.createObjectNode()
                        .put("mediaType", mediaType)
                        .put("digest", image.toString())
                        .put("size", sizes.get(image))))
            .toString());
    sizes.forEach(
        (digest, size) -> add(parts, "blobs/sha256/" + digest.hex(), size, () -> openBlob(digest)));
    parts.add(() -> new ByteArrayInputStream(new byte[2 * BLOCK]));
    return new Parts(parts.iterator());
  }

  /** Notes a manifest and all it names; returns its media type, or empty if it is not one. */
  private Optional<String> readManifest(Digest digest) {
    byte[] bytes = read(digest);
    if (bytes == null) {
      return Optional.empty();
    }
    JsonNode manifest = parse(bytes);
    if (manifest == null || !(manifest.has("manifests") || manifest.has("layers"))) {
      return Optional.empty();
    }
    sizes.put(digest, (long) bytes.length);
    for (JsonNode child : manifest.path("manifests")) {
      Digest known = Digest.parse(child.path("digest").asText());
      sizes.put(known, child.path("size").asLong());
      readManifest(known);
    }
    note(manifest.path("config"));
    manifest.path("layers").forEach(this::note);
    return Optional.of(manifest
        .path("mediaType")
        .asText(
            manifest.has("manifests")
                ? "application/vnd.oci.image.index.v1+json"
                : "application/vnd.oci.image.manifest.v1+json"));
  }

  private void note(JsonNode descriptor) {
    if (descriptor.has("digest")) {
      sizes.put(
          Digest.parse(descriptor.path("digest").asText()),
          descriptor.path("size").asLong());
    }
  }

  private static @Nullable JsonNode parse(byte[] bytes) {
    try {
      return JSON.readTree(new String(bytes, UTF_8));
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Returns the bytes of a blob; null if it is not here, or too large for a manifest. */
  private byte @Nullable [] read(Digest digest) {
    try (InputStream content = blobs.apply(digest).orElse(InputStream.nullInputStream())) {
      byte[] bytes = content.readNBytes(MANIFEST_LIMIT + 1);
      return bytes.length == 0 || bytes.length > MANIFEST_LIMIT ? null : bytes;
    } catch (IOException e) {
      throw new PackagingException("Cannot read " + digest + ": " + e, e);
    }
  }

  private InputStream openBlob(Digest digest) {
    return blobs
        .apply(digest)
        .orElseThrow(() -> new PackagingException("Cannot read " + digest + ": it is gone", null));
  }

  private static void add(List<Supplier<InputStream>> parts, String name, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    add(parts, name, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  private static void add(
      List<Supplier<InputStream>> parts, String name, long size, Supplier<InputStream> content) {
    parts.add(() -> new ByteArrayInputStream(header(name, size)));
    parts.add(content);
    int rest = (int) (size % BLOCK);
    parts.add(() -> new ByteArrayInputStream(new byte[rest == 0 ? 0 : BLOCK - rest]));
  }

  private static byte[] header(String name, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(0);
    byte[] header = new byte[BLOCK];
    try {
      entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write the header of " + name, e);
    }
    return header;
  }

  /** One stream after the other, each opened when the one before has ended. */
  private static final class Parts extends InputStream {

    private final Iterator<Supplier<InputStream>> rest;
    private InputStream current = InputStream.nullInputStream();

    Parts(Iterator<Supplier<InputStream>> rest) {
      this.rest = rest;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int read = current.read(buffer, offset, length);
      while (read < 0 && rest.hasNext()) {
        current.close();
        current = rest.next().get();
        read = current.read(buffer, offset, length);
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      current.close();
    }
  }
}
