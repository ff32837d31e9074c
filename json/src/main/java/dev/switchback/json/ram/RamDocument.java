// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json.ram;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.switchback.json.DocumentReadException;
import dev.switchback.json.JsonFormats;
import dev.switchback.json.ReadLimits;
import dev.switchback.json.internal.Limits;
import dev.switchback.json.internal.Source;
import dev.switchback.json.internal.StrictJson;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.TemplateVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A RAM document, Rainbond's {@code metadata.json}: what it says as typed values, and every field it
 * has, known or not, as it was written.
 *
 * <p>Immutable and safe for use by many threads. Reads formats v1, v2 and v3 in all their layouts:
 * null or empty for lists and objects, numbers and booleans as texts, missing ids. {@link #warnings}
 * says what was guessed or left out of the typed values; the document keeps it all the same.
 *
 * <p>What RAM has no field for (image digests, upgrade rules, settings that are secret under a
 * harmless name) is written to objects named {@code switchback}, which Rainbond ignores.
 */
public final class RamDocument {

  private static final String WHAT = "RAM document";

  private final byte[] json;
  private final RamContent content;
  private final List<Obstacle> warnings;

  private RamDocument(byte[] json, RamContent content, List<Obstacle> warnings) {
    this.json = json;
    this.content = content;
    this.warnings = warnings;
  }

  /**
   * Reads a document from a file with the usual limits.
   *
   * @throws RefusedException if there is no such file, or it is no RAM document: not JSON, beyond the
   *     limits, without content, or with fields of the wrong type, each named by its JSON path
   * @throws DocumentReadException if the file cannot be read
   */
  public static RamDocument read(Path file) {
    return read(file, ReadLimits.defaults());
  }

  /**
   * Reads a document from a file. One that is too large is refused before anything is read.
   *
   * @throws RefusedException as {@link #read(Path)}
   * @throws DocumentReadException if the file cannot be read
   */
  public static RamDocument read(Path file, ReadLimits limits) {
    requireNonNull(limits, "limits");
    if (Files.isDirectory(requireNonNull(file, "file"))) {
      throw refuseFile(file, "not-a-file", "is a folder");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // To open a pipe that nobody writes to would wait forever.
      throw refuseFile(file, "not-a-file", "is a pipe or device");
    }
    try {
      return readOwn(Source.bytes(file, WHAT, own(limits)), own(limits));
    } catch (NoSuchFileException e) {
      throw refuseFile(file, "no-such-file", "does not exist");
    } catch (IOException e) {
      throw new DocumentReadException("Cannot read the file " + file, e);
    }
  }

  private static RefusedException refuseFile(Path file, String code, String what) {
    return new RefusedException(
        "Cannot read the " + WHAT,
        new Obstacle(code, file.toString(), "the file " + what, "check the path"));
  }

  /**
   * Reads a document from a stream with the usual limits, to its end or to the first byte too many.
   * Does not close it.
   *
   * @throws RefusedException as {@link #read(Path)}
   * @throws DocumentReadException if the stream cannot be read
   */
  public static RamDocument read(InputStream in) {
    return read(in, ReadLimits.defaults());
  }

  /**
   * Reads a document from a stream, to its end or to the first byte too many. Does not close it.
   *
   * @throws RefusedException as {@link #read(Path)}
   * @throws DocumentReadException if the stream cannot be read
   */
  public static RamDocument read(InputStream in, ReadLimits limits) {
    requireNonNull(limits, "limits");
    try {
      return readOwn(Source.bytes(requireNonNull(in, "in"), WHAT, own(limits)), own(limits));
    } catch (IOException e) {
      throw new DocumentReadException("Cannot read a " + WHAT + " from a stream", e);
    }
  }

  /**
   * Reads a document with the usual limits.
   *
   * @throws RefusedException as {@link #read(Path)}
   */
  public static RamDocument read(byte[] json) {
    return read(json, ReadLimits.defaults());
  }

  /**
   * Reads a document.
   *
   * @throws RefusedException as {@link #read(Path)}
   */
  public static RamDocument read(byte[] json, ReadLimits limits) {
    requireNonNull(limits, "limits");
    return readOwn(requireNonNull(json, "json").clone(), own(limits));
  }

  private static Limits own(ReadLimits limits) {
    return new Limits(
        limits.maxBytes(),
        limits.maxDepth(),
        limits.maxStringLength(),
        limits.maxNumberLength(),
        limits.maxValues());
  }

  private static RamDocument readOwn(byte[] json, Limits limits) {
    JsonNode tree = StrictJson.read(json, WHAT, limits);
    Reading reading = Reading.plain();
    RamContent content = RamContent.read(tree, reading);
    return new RamDocument(
        StrictJson.withoutByteOrderMark(json), content, reading.findings.warnings());
  }

  /**
   * Makes a document of a template version: format v2, or v3 if it has a virtual machine.
   *
   * @throws IllegalArgumentException if a text has half a surrogate pair, which JSON cannot carry
   */
  public static RamDocument of(TemplateVersion version) {
    RamContent wanted = RamContent.of(version);
    return ofTree(DocumentWriter.write(wanted.head(), wanted.spec(), new Trees()));
  }

  private static RamDocument ofTree(ObjectNode tree) {
    Reading reading = Reading.plain();
    RamContent content = RamContent.read(tree, reading);
    return new RamDocument(StrictJson.write(tree), content, reading.findings.warnings());
  }

  /** Returns the template's id, {@code group_key}; empty if the document has none. */
  public Optional<TemplateId> templateId() {
    return Optional.ofNullable(content.head().templateId());
  }

  /** Returns the version, {@code group_version}; empty if the document has none. */
  public Optional<Version> version() {
    return Optional.ofNullable(content.head().version());
  }

  /** Returns the template's name, {@code group_name}; may be empty. */
  public String name() {
    return content.head().name();
  }

  /** Returns the format, {@code template_version}: {@code v1}, {@code v2} or {@code v3}. */
  public String formatVersion() {
    return content.head().formatVersion();
  }

  /** Returns the content as typed values. */
  public AppSpec spec() {
    return content.spec();
  }

  /**
   * Returns what was guessed, told apart or left out of the typed values, in document order, each
   * with its JSON path; at most about a hundred.
   */
  public List<Obstacle> warnings() {
    return warnings;
  }

  /**
   * Returns what the document says as a template version, without a RAM digest.
   *
   * @throws RefusedException if the document has no id or no version
   */
  public TemplateVersion toTemplateVersion() {
    TemplateId template = content.head().templateId();
    Version version = content.head().version();
    if (template == null || version == null) {
      List<Obstacle> missing = new ArrayList<>();
      if (template == null) {
        missing.add(missing("missing-id", "group_key", "template id"));
      }
      if (version == null) {
        missing.add(missing("missing-version", "group_version", "version"));
      }
      throw new RefusedException("Cannot make a template version of the " + WHAT, missing);
    }
    return toTemplateVersion(new VersionRef(template, version));
  }

  private static Obstacle missing(String code, String field, String what) {
    return new Obstacle(
        code,
        "$." + field,
        "the document has no " + what,
        "set '" + field + "', or say which " + what + " it is");
  }

  /** Returns what the document says as the template version {@code ref}, without a RAM digest. */
  public TemplateVersion toTemplateVersion(VersionRef ref) {
    Head head = content.head();
    return TemplateVersion.builder(
            ref, content.spec(), JsonFormats.appSpec().digest(content.spec()))
        .name(head.name())
        .alias(head.alias())
        .notes(head.notes())
        .stage(head.stage())
        .upgradeRules(head.upgradeRules())
        .annotations(head.annotations())
        .build();
  }

  /**
   * Returns this document, changed only where {@code version} differs from what it says: fields that
   * nobody knows stay where they are, and reading the result gives the spec and head of {@code
   * version}. Its digests are not looked at.
   *
   * <p>RAM cannot say everything: an extra with the name of a typed field is left out, and notes and
   * alias win over annotations named {@code version_info} and {@code version_alias}.
   *
   * @throws IllegalArgumentException if a text has half a surrogate pair, which JSON cannot carry
   */
  public RamDocument with(TemplateVersion version) {
    RamContent wanted = RamContent.of(version);
    if (content.saysAs(wanted)) {
      return this;
    }
    ObjectNode kept = (ObjectNode) StrictJson.readTrusted(json);
    Reading reading = Reading.remembering();
    Lens lens = new Lens(kept, reading, RamContent.read(kept, reading), wanted);
    ObjectNode patched = lens.patch();
    Reading again = Reading.remembering();
    RamContent said = readIfSound(patched, again);
    ObjectNode result = said != null && said.saysAs(wanted)
        ? patched
        : lens.overlay(patched, said == null ? null : said.spec(), again);
    return ofTree(result);
  }

  /**
   * Returns where this document and another one differ, by JSON path, at most twenty of them. Neither
   * formatting and order make a difference, nor what only the publishing site knows, such as row ids
   * and times.
   */
  public List<String> differences(RamDocument other) {
    return Discrepancies.between(StrictJson.readTrusted(json), StrictJson.readTrusted(other.json));
  }

  private static @Nullable RamContent readIfSound(ObjectNode tree, Reading reading) {
    try {
      return RamContent.read(tree, reading);
    } catch (RefusedException e) {
      return null;
    }
  }

  /** Returns the document as UTF-8: the very bytes it was read from, unless it was changed. */
  public byte[] write() {
    return json.clone();
  }

  /** Returns the id and version, as far as there are; no content, so no secret. */
  @Override
  public String toString() {
    return templateId().map(TemplateId::value).orElse("?") + "@"
        + version().map(Version::text).orElse("?");
  }
}
