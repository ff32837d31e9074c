// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.model.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows the index to the manifests and from these to the documents. */
final class LayoutCheck {

  private static final String OTHER_FORMAT =
      "read it with a version of Switchback that knows this format";

  private final ArchiveScan scan;
  private final Spool spool;
  private final Problems problems;
  private final Set<Digest> used = new HashSet<>();
  private final List<Part> parts = new ArrayList<>();

  LayoutCheck(ArchiveScan scan, Spool spool, Problems problems) {
    this.scan = scan;
    this.spool = spool;
    this.problems = problems;
  }

  /**
   * The blobs of one template version.
   *
   * @param entry what the index says about it
   * @param annotations what its manifest says about it
   */
  record Part(
      Digest manifest,
      JsonNode entry,
      JsonNode annotations,
      Digest document,
      Optional<Digest> ram,
      Optional<Digest> notes) {}

  /** Checks the layout and returns its template versions, as far as they are whole. */
  List<Part> check() {
    boolean layout = checkMarker();
    JsonNode index = head(Oci.INDEX_FILE);
    if (index == null || !layout || !checkFormat(index)) {
      return List.of();
    }
    JsonNode manifests = index.path("manifests");
    if (!manifests.isArray() || manifests.isEmpty()) {
      problems.addDamage("no-versions", Oci.INDEX_FILE, "it names no template version");
    }
    for (int i = 0; i < manifests.size(); i++) {
      checkEntry(manifests.path(i), Oci.INDEX_FILE + " $.manifests[" + i + "]");
    }
    checkUnused();
    return List.copyOf(parts);
  }

  private boolean checkMarker() {
    JsonNode marker = head(Oci.LAYOUT_FILE);
    if (marker == null) {
      return false;
    }
    String version = OciJson.text(marker, "imageLayoutVersion");
    if (!version.equals(Oci.LAYOUT_VERSION)) {
      problems.add(
          "unknown-format",
          Oci.LAYOUT_FILE,
          "the image layout has version '" + Problems.shown(version) + "', not 1.0.0",
          OTHER_FORMAT);
      return false;
    }
    return true;
  }

  private @Nullable JsonNode head(String name) {
    byte[] bytes = scan.head(name);
    if (bytes == null) {
      problems.addDamage("missing-entry", name, "it is not there");
      return null;
    }
    return parse(bytes, name);
  }

  private @Nullable JsonNode parse(byte[] bytes, String place) {
    try {
      return OciJson.read(bytes);
    } catch (IOException e) {
      problems.addDamage("not-json", place, "it is not JSON: " + Problems.shown(Streams.reason(e)));
      return null;
    }
  }

  private boolean checkFormat(JsonNode index) {
    boolean right = checkType(index, Oci.INDEX_TYPE, Oci.INDEX_FILE);
    String format = OciJson.text(index.path("annotations"), Oci.FORMAT);
    if (format.isEmpty()) {
      problems.add(
          "not-a-package",
          Oci.INDEX_FILE,
          "it is an OCI image layout, but not a package of template versions",
          "name a file that was made by export");
      return false;
    }
    if (!format.equals(Integer.toString(Oci.FORMAT_VERSION))) {
      problems.add(
          "unknown-format",
          Oci.INDEX_FILE,
          "the package has format '" + Problems.shown(format) + "', this reader knows 1",
          OTHER_FORMAT);
      return false;
    }
    return right;
  }

  private boolean checkType(JsonNode document, String mediaType, String place) {
    boolean version =
        document.path("schemaVersion").isInt() && document.path("schemaVersion").intValue() == 2;
    if (!version) {
      problems.addDamage("invalid-field", place + " $.schemaVersion", "it is not 2");
    }
    return checkText(document, "mediaType", mediaType, place) && version;
  }

  private boolean checkText(JsonNode node, String field, String expected, String place) {
    String actual = OciJson.text(node, field);
    if (actual.equals(expected)) {
      return true;
    }
    problems.addDamage(
        "invalid-field",
        place + " $." + field,
        "it is '" + Problems.shown(actual) + "', not '" + Problems.shown(expected) + "'");
    return false;
  }

  private void checkEntry(JsonNode entry, String place) {
    // Each of them is asked, so that all that is wrong is reported.
    boolean type = checkText(entry, "mediaType", Oci.MANIFEST_TYPE, place);
    boolean artifact = checkText(entry, "artifactType", Oci.TEMPLATE_TYPE, place);
    Optional<Digest> digest = follow(entry, place);
    if (!type || !artifact || digest.isEmpty()) {
      return;
    }
    String manifestPlace = Oci.BLOBS + digest.get().hex();
    JsonNode manifest = parse(spool.bytes(digest.get()), manifestPlace);
    if (manifest != null) {
      checkManifest(digest.get(), manifest, entry, manifestPlace);
    }
  }

  private void checkManifest(Digest digest, JsonNode manifest, JsonNode entry, String place) {
    JsonNode config = manifest.path("config");
    boolean right = checkType(manifest, Oci.MANIFEST_TYPE, place);
    right &= checkText(manifest, "artifactType", Oci.TEMPLATE_TYPE, place);
    right &= checkText(config, "mediaType", Oci.EMPTY_TYPE, place + " $.config");
    right &= follow(config, place + " $.config").isPresent();
    Layers layers = new Layers(place);
    JsonNode list = manifest.path("layers");
    for (int i = 0; i < list.size(); i++) {
      right &= layers.add(list.path(i), place + " $.layers[" + i + "]");
    }
    if (layers.document == null) {
      if (right) {
        problems.addDamage("missing-document", place, "it names no template document");
      }
    } else if (right) {
      parts.add(new Part(
          digest,
          entry,
          manifest.path("annotations"),
          layers.document,
          Optional.ofNullable(layers.ram),
          Optional.ofNullable(layers.notes)));
    }
  }

  /** Sorts the layers of one manifest by what they hold. */
  private final class Layers {

    private final String manifest;
    private final Set<String> types = new HashSet<>();
    private @Nullable Digest document;
    private @Nullable Digest ram;
    private @Nullable Digest notes;

    Layers(String manifest) {
      this.manifest = manifest;
    }

    boolean add(JsonNode layer, String place) {
      String type = OciJson.text(layer, "mediaType");
      Digest digest = follow(layer, place).orElse(null);
      if (!types.add(type)) {
        problems.addDamage("duplicate-entry", manifest, "it has two layers of one type: " + type);
        return false;
      }
      switch (type) {
        case Oci.DOCUMENT_TYPE -> document = digest;
        case Oci.RAM_TYPE -> ram = digest;
        case Oci.NOTES_TYPE -> notes = digest;
        default -> {
          problems.add(
              "unknown-content",
              place,
              "it is '" + Problems.shown(type) + "', which format 1 does not have",
              OTHER_FORMAT);
          return false;
        }
      }
      return digest != null;
    }
  }

  /** Returns the blob that a descriptor names, if it is there with the size it says. */
  private Optional<Digest> follow(JsonNode descriptor, String place) {
    String text = OciJson.text(descriptor, "digest");
    Digest digest;
    try {
      digest = Digest.parse(text);
    } catch (IllegalArgumentException e) {
      problems.addDamage("invalid-field", place + " $.digest", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    used.add(digest);
    Optional<Long> size = spool.size(digest);
    if (size.isEmpty()) {
      if (!scan.isDamaged(digest)) {
        problems.addDamage("missing-blob", place, "the blob " + digest + " is not there");
      }
      return Optional.empty();
    }
    JsonNode said = descriptor.path("size");
    if (!said.isIntegralNumber() || !said.canConvertToLong() || said.longValue() != size.get()) {
      problems.addDamage(
          "wrong-size",
          place,
          "the blob " + digest + " has " + size.get() + " bytes, not "
              + Problems.shown(said.isMissingNode() ? "(nothing)" : said.asText()));
      return Optional.empty();
    }
    return Optional.of(digest);
  }

  private void checkUnused() {
    if (!problems.isEmpty()) {
      // What is named by a document that could not be read would be reported here.
      return;
    }
    for (Digest digest : spool.digests()) {
      if (!used.contains(digest)) {
        problems.add("unexpected-entry", Oci.BLOBS + digest.hex(), "nothing names this blob", "");
      }
    }
  }
}
