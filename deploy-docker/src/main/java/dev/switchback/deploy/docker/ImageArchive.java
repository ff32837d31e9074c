// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Turns an image as packages carry it into an archive that every engine loads.
 *
 * <p>An OCI layout in a tar gets the {@code manifest.json} that older engines ask for; its blobs stay
 * where they are. What {@code docker save} wrote is passed on. Either way no tag is carried over, and
 * the image must be the one that was asked for.
 */
final class ImageArchive {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest.json";
  private static final String BLOBS = "blobs/sha256/";

  /** Manifests, indexes and configurations are small; layers are only hashed. */
  private static final int LARGEST_DOCUMENT = 4 << 20;

  private final Digest wanted;
  private final Map<String, byte[]> documents = new TreeMap<>();
  private final Map<String, Digest> digests = new TreeMap<>();

  private ImageArchive(Digest wanted) {
    this.wanted = wanted;
  }

  /**
   * Writes the archive.
   *
   * @param wanted the digest of the image's manifest, of its configuration, or of the whole tar
   * @return the id that the image will have
   * @throws IOException if it is no such tar, or not of that image
   */
  static String convert(Digest wanted, InputStream tar, Path archive) throws IOException {
    return new ImageArchive(wanted).convert(tar, archive);
  }

  private String convert(InputStream source, Path archive) throws IOException {
    MessageDigest whole = Digest.newSha256();
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream out = Tars.open(file)) {
      InputStream hashed = new DigestInputStream(source, whole);
      TarArchiveInputStream in = new TarArchiveInputStream(hashed, "UTF-8");
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName().replaceAll("^\\./", "");
        if (name.contains("..") || name.startsWith("/")) {
          throw new IOException("it has an entry outside of itself, '" + name + "'");
        }
        copy(in, entry, name, out);
      }
      hashed.transferTo(OutputStream.nullOutputStream());
      ObjectNode entry = entry(Digest.from(whole));
      Tars.add(out, MANIFEST, JSON.writeValueAsBytes(JSON.createArrayNode().add(entry)), 0644);
      return "sha256:" + digest(entry.get("Config").asText()).hex();
    }
  }

  private void copy(
      TarArchiveInputStream in, TarArchiveEntry entry, String name, TarArchiveOutputStream out)
      throws IOException {
    if (name.equals(MANIFEST) || name.equals("repositories")) {
      documents.put(name, in.readNBytes(LARGEST_DOCUMENT));
      return;
    }
    TarArchiveEntry copy =
        new TarArchiveEntry(name, entry.isSymbolicLink() ? (byte) '2' : (byte) '0');
    if (entry.isDirectory()) {
      return;
    }
    if (entry.isSymbolicLink()) {
      copy.setLinkName(entry.getLinkName());
      out.putArchiveEntry(copy);
      out.closeArchiveEntry();
      return;
    }
    if (!entry.isFile()) {
      throw new IOException("its entry '" + name + "' is neither file nor folder");
    }
    copy.setSize(entry.getSize());
    out.putArchiveEntry(copy);
    MessageDigest sha256 = Digest.newSha256();
    InputStream content = new DigestInputStream(in, sha256);
    if (entry.getSize() <= LARGEST_DOCUMENT && !name.endsWith(".tar")) {
      byte[] bytes = content.readAllBytes();
      documents.put(name, bytes);
      out.write(bytes);
    } else {
      content.transferTo(out);
    }
    out.closeArchiveEntry();
    Digest digest = Digest.from(sha256);
    if (name.startsWith(BLOBS) && !name.equals(BLOBS + digest.hex())) {
      throw new IOException("blob " + name + " has the digest " + digest);
    }
    digests.put(name, digest);
  }

  /** Finds the entry for {@code manifest.json}: configuration and layers of the wanted image. */
  private ObjectNode entry(Digest whole) throws IOException {
    if (documents.containsKey(BLOBS + wanted.hex())) {
      JsonNode document = JSON.readTree(documents.get(BLOBS + wanted.hex()));
      if (document.has("manifests")) {
        document = onlyImage(document);
      }
      if (document.has("config")) {
        return ofManifest(document);
      }
    }
    byte[] saved = documents.get(MANIFEST);
    if (saved != null) {
      for (JsonNode candidate : JSON.readTree(saved)) {
        String config = candidate.path("Config").asText();
        if (digest(config).equals(wanted)
            || (whole.equals(wanted) && JSON.readTree(saved).size() == 1)) {
          ObjectNode entry = ((ObjectNode) candidate).deepCopy();
          entry.remove("RepoTags");
          return entry;
        }
      }
    }
    byte[] index = documents.get("index.json");
    if (index != null) {
      for (JsonNode manifest : manifests(JSON.readTree(index))) {
        boolean config = manifest.path("config").path("digest").asText().equals(wanted.toString());
        if (config || whole.equals(wanted)) {
          return ofManifest(manifest);
        }
      }
    }
    throw new IOException("it holds no image with that digest");
  }

  private JsonNode onlyImage(JsonNode index) throws IOException {
    ArrayNode manifests = manifests(index);
    if (manifests.size() != 1) {
      throw new IOException(
          "its index has " + manifests.size() + " images; name the one for this machine");
    }
    return manifests.get(0);
  }

  private ArrayNode manifests(JsonNode index) throws IOException {
    ArrayNode manifests = JSON.createArrayNode();
    for (JsonNode descriptor : index.path("manifests")) {
      byte[] document = documents.get(blob(descriptor));
      if (document != null) {
        JsonNode parsed = JSON.readTree(document);
        if (parsed.has("config")) {
          manifests.add(parsed);
        }
      }
    }
    return manifests;
  }

  private ObjectNode ofManifest(JsonNode manifest) throws IOException {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("Config", present(blob(manifest.path("config"))));
    ArrayNode layers = entry.putArray("Layers");
    for (JsonNode layer : manifest.path("layers")) {
      layers.add(present(blob(layer)));
    }
    return entry;
  }

  private static String blob(JsonNode descriptor) {
    return BLOBS + descriptor.path("digest").asText().replaceFirst("^sha256:", "");
  }

  private String present(String name) throws IOException {
    if (!digests.containsKey(name)) {
      throw new IOException("it lacks " + name);
    }
    return name;
  }

  private Digest digest(String name) throws IOException {
    Digest digest = digests.get(name);
    if (digest == null) {
      throw new IOException("it lacks '" + name + "'");
    }
    return digest;
  }
}
