// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.json.JsonFormats;
import dev.switchback.model.Digest;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.packaging.Oci.Blob;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes the blobs of template versions and the index that names them. */
final class Manifests {

  private static final Pattern TAG_PART = Pattern.compile("[A-Za-z0-9]+([.-][A-Za-z0-9]+)*");
  private static final int TAG_MAX = 128;

  private final SortedMap<Digest, Blob> manifests = new TreeMap<>();
  private final SortedMap<Digest, Blob> documents = new TreeMap<>();
  private final List<SortedMap<String, ?>> index = new ArrayList<>();

  Manifests() {
    documents.put(Oci.EMPTY.digest(), Oci.EMPTY);
  }

  /** Adds one version; the index keeps the order in which they are added. */
  void add(PackagedVersion packaged) {
    TemplateVersion version = packaged.version();
    List<SortedMap<String, ?>> layers = new ArrayList<>();
    layers.add(
        layer(Oci.DOCUMENT_TYPE, "template.json", JsonFormats.templateVersion().write(version)));
    packaged.ram().ifPresent(ram -> layers.add(layer(Oci.RAM_TYPE, "metadata.json", ram)));
    if (!version.notes().isEmpty()) {
      layers.add(layer(Oci.NOTES_TYPE, "notes.txt", version.notes().getBytes(UTF_8)));
    }
    SortedMap<String, Object> manifest = new TreeMap<>();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", Oci.MANIFEST_TYPE);
    manifest.put("artifactType", Oci.TEMPLATE_TYPE);
    manifest.put("config", descriptor(Oci.EMPTY_TYPE, Oci.EMPTY));
    manifest.put("layers", layers);
    manifest.put("annotations", annotations(version));
    Blob blob = Blob.of(OciJson.write(manifest));
    manifests.put(blob.digest(), blob);

    SortedMap<String, Object> entry = descriptor(Oci.MANIFEST_TYPE, blob);
    entry.put("artifactType", Oci.TEMPLATE_TYPE);
    SortedMap<String, String> annotations = annotations(version);
    annotations.put(Oci.REF_NAME, refName(version.ref()));
    entry.put("annotations", annotations);
    index.add(entry);
  }

  private SortedMap<String, ?> layer(String mediaType, String fileName, byte[] bytes) {
    Blob blob = Blob.of(bytes);
    documents.put(blob.digest(), blob);
    SortedMap<String, Object> layer = descriptor(mediaType, blob);
    SortedMap<String, String> annotations = new TreeMap<>();
    annotations.put(Oci.TITLE, fileName);
    layer.put("annotations", annotations);
    return layer;
  }

  private static SortedMap<String, Object> descriptor(String mediaType, Blob blob) {
    SortedMap<String, Object> descriptor = new TreeMap<>();
    descriptor.put("mediaType", mediaType);
    descriptor.put("digest", blob.digest().toString());
    descriptor.put("size", blob.bytes().length);
    return descriptor;
  }

  /** Returns what is said about a version outside of its document, for tools and people. */
  static SortedMap<String, String> annotations(TemplateVersion version) {
    SortedMap<String, String> annotations = new TreeMap<>();
    annotations.put(Oci.TEMPLATE, version.ref().template().value());
    annotations.put(Oci.VERSION, version.ref().version().text());
    annotations.put(
        Oci.TITLE, version.name().isEmpty() ? version.ref().template().value() : version.name());
    return annotations;
  }

  /**
   * Returns the name by which tools choose one version of a package: {@code TEMPLATE_VERSION} where
   * that is a valid tag and can only be read one way, else a digest of the two.
   */
  static String refName(VersionRef ref) {
    String template = ref.template().value();
    String version = ref.version().text();
    boolean plain = TAG_PART.matcher(template).matches()
        && TAG_PART.matcher(version).matches()
        && template.length() + 1 + version.length() <= TAG_MAX;
    return plain
        ? template + "_" + version
        : "t_" + Digest.of(template + "@" + version).hex().substring(0, 32);
  }

  /** Returns the finished {@code index.json}. */
  byte[] index() {
    SortedMap<String, String> annotations = new TreeMap<>();
    annotations.put(Oci.FORMAT, Integer.toString(Oci.FORMAT_VERSION));
    SortedMap<String, Object> whole = new TreeMap<>();
    whole.put("schemaVersion", 2);
    whole.put("mediaType", Oci.INDEX_TYPE);
    whole.put("manifests", index);
    whole.put("annotations", annotations);
    return OciJson.write(whole);
  }

  /**
   * Returns the manifests, then all else, each by digest: who reads on the fly knows what comes.
   */
  List<Blob> blobs() {
    List<Blob> blobs = new ArrayList<>(manifests.values());
    blobs.addAll(documents.values());
    return blobs;
  }
}
