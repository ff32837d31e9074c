// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads packages. What a reader gives out has been checked: every digest, every size, every
 * document, and that the documents of a version say the same.
 *
 * <p>The file is read once, from front to back, and never changed. Nothing in it becomes a path:
 * its content is held in memory, while it is checked in part in a staging directory of its own,
 * which is gone when {@code open} returns or throws. A reader is immutable and may be shared by
 * threads.
 */
public final class PackageReader implements AutoCloseable {

  private final PackageSummary summary;
  private final List<PackagedVersion> versions;

  private PackageReader(PackageSummary summary, List<PackagedVersion> versions) {
    this.summary = summary;
    this.versions = versions;
  }

  /**
   * Opens and checks a package with the usual limits: see {@link #open(Path, ReadOptions)}.
   *
   * @throws RefusedException if the package is not whole, not unaltered or not a package
   * @throws PackagingException if the file system failed
   */
  public static PackageReader open(Path file) {
    return open(file, ReadOptions.defaults());
  }

  /**
   * Opens and checks a package.
   *
   * @throws RefusedException if the file is not there, not a package, truncated, altered, hostile,
   *     larger than the limits allow or of a newer format; with every reason that could be found
   * @throws PackagingException if the file system failed; the package may be all right
   */
  public static PackageReader open(Path file, ReadOptions options) {
    requireNonNull(file, "file");
    requireNonNull(options, "options");
    findNoFile(file).ifPresent(obstacle -> {
      throw new RefusedException("Cannot read package " + file, obstacle);
    });
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), options);
    } catch (IOException e) {
      throw new PackagingException("Cannot read package " + file + ": " + Streams.reason(e), e);
    }
  }

  /** Reads a package from wherever it comes; {@code name} is what messages call it. */
  static PackageReader read(InputStream in, String name, ReadOptions options) {
    String refusal = "Cannot read package " + name;
    Problems problems = new Problems();
    try (Spool spool = new Spool(options.staging())) {
      ArchiveScan scan = new ArchiveScan(options, spool, problems);
      scan.read(Streams.fromDisk(in, name));
      if (!scan.isComplete()) {
        problems.refuse(refusal);
      }
      List<LayoutCheck.Part> parts = new LayoutCheck(scan, spool, problems).check();
      Documents documents = new Documents(spool, problems);
      parts.forEach(documents::read);
      documents.checkDuplicates();
      problems.refuse(refusal);
      return documents.finish(scan);
    }
  }

  private static Optional<Obstacle> findNoFile(Path file) {
    String place = file.toString();
    if (Files.isDirectory(file)) {
      return Optional.of(
          new Obstacle("not-a-file", place, "it is a directory", "name the package file in it"));
    }
    if (!Files.exists(file)) {
      return Optional.of(new Obstacle("no-such-file", place, "there is no such file", ""));
    }
    if (!Files.isRegularFile(file)) {
      // To open a pipe that nobody writes to would wait forever.
      return Optional.of(
          new Obstacle("not-a-file", place, "it is a pipe or device", "copy it to a file first"));
    }
    return Optional.empty();
  }

  /** Returns what the package holds. */
  public PackageSummary summary() {
    return summary;
  }

  /** Returns the template versions, by template id and version; at least one. */
  public List<PackagedVersion> versions() {
    return versions;
  }

  /** Gives back what the reader holds; a second call does nothing. */
  @Override
  public void close() {
    // Format 1 has nothing but documents, and these have been read by now.
  }

  /** Turns blobs into template versions. */
  private static final class Documents {

    private final Spool spool;
    private final Problems problems;
    private final List<PackagedVersion> versions = new ArrayList<>();
    private final Map<VersionRef, PackageSummary.Entry> entries = new HashMap<>();

    Documents(Spool spool, Problems problems) {
      this.spool = spool;
      this.problems = problems;
    }

    void read(LayoutCheck.Part part) {
      String place = Oci.BLOBS + part.document().hex();
      List<Obstacle> obstacles = new ArrayList<>();
      byte[] document = spool.bytes(part.document());
      try {
        TemplateVersion version = JsonFormats.templateVersion().read(document);
        checkAnnotations(part, version);
        checkNotes(part, version);
        PackagedVersion packaged = packaged(part, version);
        Consistency.check(packaged, version.ref().toString(), obstacles);
        versions.add(packaged);
        entries.put(version.ref(), entry(part, version, document.length));
      } catch (RefusedException e) {
        Consistency.addAll(e, place, obstacles);
      }
      obstacles.forEach(problems::add);
    }

    private void checkAnnotations(LayoutCheck.Part part, TemplateVersion version) {
      SortedMap<String, String> expected = Manifests.annotations(version);
      check(part.annotations(), expected, Oci.BLOBS + part.manifest().hex());
      expected.put(Oci.REF_NAME, Manifests.refName(version.ref()));
      check(part.entry().path("annotations"), expected, Oci.INDEX_FILE);
    }

    private void check(JsonNode annotations, SortedMap<String, String> expected, String place) {
      expected.forEach((key, value) -> {
        String actual = OciJson.text(annotations, key);
        if (!actual.equals(value)) {
          problems.addDamage(
              "altered",
              place,
              "annotation " + key + " is '" + Problems.shown(actual) + "', the document says '"
                  + Problems.shown(value) + "'");
        }
      });
    }

    private void checkNotes(LayoutCheck.Part part, TemplateVersion version) {
      byte[] expected = version.notes().getBytes(UTF_8);
      byte[] actual = part.notes().map(spool::bytes).orElse(new byte[0]);
      if (!Arrays.equals(expected, actual)) {
        problems.addDamage("altered", version.ref().toString(), "its notes are not its document's");
      }
    }

    private PackagedVersion packaged(LayoutCheck.Part part, TemplateVersion version) {
      if (part.ram().equals(version.ramDigest())) {
        return part.ram()
            .map(ram -> PackagedVersion.of(version, spool.bytes(ram)))
            .orElseGet(() -> PackagedVersion.of(version));
      }
      throw new RefusedException(
          "Cannot take " + version,
          Obstacle.of(
              "altered",
              "it names the RAM document " + text(version.ramDigest()) + ", its manifest "
                  + text(part.ram()),
              ""));
    }

    private static String text(Optional<Digest> digest) {
      return digest.map(Digest::toString).orElse("(none)");
    }

    private static PackageSummary.Entry entry(
        LayoutCheck.Part part, TemplateVersion version, long documentBytes) {
      return new PackageSummary.Entry(
          version.ref(),
          version.name(),
          version.alias(),
          version.stage(),
          version.spec().components().size(),
          version.specDigest(),
          part.manifest(),
          documentBytes,
          part.ram());
    }

    void checkDuplicates() {
      versions.sort(Comparator.comparing(packaged -> packaged.version().ref()));
      for (int i = 1; i < versions.size(); i++) {
        VersionRef ref = versions.get(i).version().ref();
        if (ref.equals(versions.get(i - 1).version().ref())) {
          problems.add("duplicate-version", ref.toString(), "the package has it twice", "");
        }
      }
    }

    PackageReader finish(ArchiveScan scan) {
      List<PackageSummary.Entry> sorted = new ArrayList<>();
      for (PackagedVersion packaged : versions) {
        sorted.add(requireNonNull(entries.get(packaged.version().ref())));
      }
      Digest digest = Digest.of(requireNonNull(scan.head(Oci.INDEX_FILE)));
      return new PackageReader(
          new PackageSummary(Oci.FORMAT_VERSION, scan.compression(), digest, sorted),
          List.copyOf(versions));
    }
  }
}
