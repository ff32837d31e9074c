// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.json.JsonFormats;
import dev.switchback.json.ram.RamDocument;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.TemplateId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.VersionRange;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.TemplateSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where template versions live: publishing, listing, reading. A version never changes. */
public final class Library {

  private final Site site;

  Library(Site site) {
    this.site = site;
  }

  /**
   * Publishes a template version from a RAM document. Publishing the same document under the same
   * version again does nothing more, however it is formatted and ordered, and whatever row ids and
   * times the publishing site gave it.
   *
   * @param document the document
   * @param options what to say beyond, or instead of, what it says
   * @return the version as it is in the library
   * @throws RefusedException if the document names no template or version and the options do not
   *     either, or the library has that version and anything about it differs, be it a field that
   *     nobody knows; every reason is listed, nothing was written
   */
  public TemplateVersion publish(RamDocument document, PublishOptions options) {
    TemplateVersion version = versionOf(document, options);
    RamDocument own = document.with(version);
    Digest ramDigest = Digest.of(own.write());
    return publish(version.toBuilder().ramDigest(ramDigest).build(), own, options.actor());
  }

  /**
   * Publishes a template version that a host made by itself, without a RAM document.
   *
   * @param version the version; its digest has to be that of its spec
   * @param actor who publishes; may be empty
   * @return the version as it is in the library
   * @throws RefusedException if the digest is another, or the library has that version and
   *     anything about it differs; nothing was written
   */
  public TemplateVersion publish(TemplateVersion version, String actor) {
    Digest actual = JsonFormats.appSpec().digest(version.spec());
    if (!actual.equals(version.specDigest())) {
      throw new RefusedException(
          "Cannot publish " + version.ref(),
          Obstacle.of(
              "digest-mismatch",
              "its digest says " + version.specDigest() + ", its spec has " + actual,
              "take the digest of the spec that is published"));
    }
    return publish(version.toBuilder().ramDigest(null).build(), null, actor);
  }

  private TemplateVersion publish(
      TemplateVersion version, @Nullable RamDocument document, String actor) {
    site.authorize(actor, Authorizer.Action.PUBLISH, version.ref().toString());
    Optional<TemplateVersion> present = find(version.ref());
    List<Obstacle> obstacles = new ArrayList<>();
    version.upgradeRules().allowedFrom().stream()
        .flatMap(Library::badRange)
        .forEach(obstacles::add);
    present.ifPresent(kept -> obstacles.addAll(unlike(kept, version, document)));
    refuse(version.ref(), obstacles);
    if (present.isPresent()) {
      return present.get();
    }
    if (document != null) {
      site.blobs()
          .put(version.ramDigest().orElseThrow(), new ByteArrayInputStream(document.write()));
    }
    if (site.storage().templates().create(version)) {
      return version;
    }
    TemplateVersion faster = require(version.ref());
    refuse(version.ref(), unlike(faster, version, document));
    return faster;
  }

  private static void refuse(VersionRef ref, List<Obstacle> obstacles) {
    if (!obstacles.isEmpty()) {
      throw new RefusedException("Cannot publish " + ref, obstacles);
    }
  }

  /** Returns why {@code next} is not what is there, which is one reason at most. */
  private List<Obstacle> unlike(
      TemplateVersion present, TemplateVersion next, @Nullable RamDocument document) {
    return conflict(present, next)
        .or(() -> otherHead(present, next))
        .or(() -> otherDocument(present, document))
        .stream()
        .toList();
  }

  private static Optional<Obstacle> otherHead(TemplateVersion present, TemplateVersion next) {
    Digest document = present.ramDigest().orElse(null);
    return next.toBuilder().ramDigest(document).build().equals(present)
        ? Optional.empty()
        : Optional.of(Obstacle.of(
            "version-exists",
            "the library has " + present.ref()
                + " with this content, but with another name, alias, stage, notes, annotations"
                + " or upgrade rules",
            "a version never changes, publish under another one"));
  }

  private Optional<Obstacle> otherDocument(
      TemplateVersion present, @Nullable RamDocument document) {
    Optional<byte[]> kept = document == null ? Optional.empty() : keptRam(present);
    if (document == null || kept.isEmpty()) {
      return Optional.empty();
    }
    List<String> places = document.differences(RamDocument.read(kept.get()));
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(Obstacle.of(
            "version-exists",
            "the library has " + present.ref()
                + " with this content, but with another document, which differs in "
                + String.join(", ", places),
            "a version never changes, publish this document under another one"));
  }

  private static Stream<Obstacle> badRange(String range) {
    try {
      VersionRange.parse(range);
      return Stream.empty();
    } catch (IllegalArgumentException e) {
      return Stream.of(
          Obstacle.of("range-invalid", String.valueOf(e.getMessage()), "correct the range"));
    }
  }

  /** Returns why {@code next} cannot take the place of {@code present}, the same version. */
  static Optional<Obstacle> conflict(TemplateVersion present, TemplateVersion next) {
    return present.specDigest().equals(next.specDigest())
        ? Optional.empty()
        : Optional.of(Obstacle.of(
            "version-exists",
            "the library has " + present.ref() + " with other content: "
                + present.specDigest().shortText() + " there, "
                + next.specDigest().shortText() + " here",
            "a version never changes, publish this content under another one"));
  }

  private static TemplateVersion versionOf(RamDocument document, PublishOptions options) {
    Optional<TemplateId> template = options.template().or(document::templateId);
    var version = options.version().or(document::version);
    List<Obstacle> missing = new ArrayList<>();
    if (template.isEmpty()) {
      missing.add(new Obstacle(
          "template-missing",
          "$.group_key",
          "the document names no template",
          "name one in the publish options"));
    }
    if (version.isEmpty()) {
      missing.add(new Obstacle(
          "version-missing",
          "$.group_version",
          "the document names no version",
          "name one in the publish options"));
    }
    if (!missing.isEmpty()) {
      throw new RefusedException("Cannot publish the document", missing);
    }
    VersionRef ref = new VersionRef(template.orElseThrow(), version.orElseThrow());
    TemplateVersion.Builder result = document.toTemplateVersion(ref).toBuilder();
    options.notes().ifPresent(result::notes);
    options.stage().ifPresent(result::stage);
    options.upgradeRules().ifPresent(result::upgradeRules);
    return result.build();
  }

  /** Returns the version that {@code ref} points at, or empty if the library does not have it. */
  public Optional<TemplateVersion> find(VersionRef ref) {
    return site.storage().templates().find(ref);
  }

  /** Lists the templates by id, each with its greatest version. */
  public Page<TemplateSummary> templates(PageRequest page) {
    return site.storage().templates().templates(page);
  }

  /** Lists the versions of a template, greatest first. */
  public Page<TemplateSummary> versions(TemplateId template, PageRequest page) {
    return site.storage().templates().versions(template, page);
  }

  /**
   * Returns the RAM document of a version: the one it was published from, every field in place, or
   * one made from its content if there was none.
   *
   * @throws RefusedException if the library does not have the version
   */
  public RamDocument ram(VersionRef ref) {
    TemplateVersion version = require(ref);
    Optional<byte[]> kept = keptRam(version);
    return kept.isPresent() ? RamDocument.read(kept.get()) : RamDocument.of(version);
  }

  Optional<byte[]> keptRam(TemplateVersion version) {
    return version.ramDigest().map(digest -> {
      Optional<InputStream> blob = site.blobs().open(digest);
      if (blob.isEmpty()) {
        throw new IllegalStateException("Cannot read the RAM document of " + version.ref() + ": "
            + digest + " is not among the blobs");
      }
      try (InputStream in = blob.get()) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  TemplateVersion require(VersionRef ref) {
    return find(ref)
        .orElseThrow(() -> new RefusedException(
            "Cannot read " + ref,
            Obstacle.of(
                "version-missing", "the library has no " + ref, "choose one that is listed")));
  }
}
