// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.packaging.PackageReader;
import dev.switchback.packaging.PackageSummary;
import dev.switchback.packaging.PackageWriter;
import dev.switchback.packaging.PackagedVersion;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Carries template versions from one library to another in one file. */
public final class Packages {

  private final Site site;
  private final Library library;

  Packages(Site site, Library library) {
    this.site = site;
    this.library = library;
  }

  /**
   * Writes versions to a package file. The same versions give the same bytes. The file appears
   * complete or not at all; one that is there already is refused.
   *
   * @param versions the versions, at least one; one that is named twice is written once
   * @param file where to; {@code .tar}, {@code .tar.gz} and {@code .tar.zst} say how to compress
   * @throws RefusedException if the library does not have a version, each of them listed, or the file
   *     is there already
   * @throws dev.switchback.packaging.PackagingException if the file cannot be written
   */
  public void export(List<VersionRef> versions, Path file) {
    List<Obstacle> missing = new ArrayList<>();
    List<PackagedVersion> packaged = new ArrayList<>();
    for (VersionRef ref : new LinkedHashSet<>(versions)) {
      Optional<TemplateVersion> found = library.find(ref);
      if (found.isEmpty()) {
        missing.add(Obstacle.of(
            "version-missing", "the library has no " + ref, "choose one that is listed"));
      } else {
        packaged.add(packaged(found.get()));
      }
    }
    if (!missing.isEmpty()) {
      throw new RefusedException("Cannot export to " + file, missing);
    }
    PackageWriter.write(file, packaged);
  }

  private PackagedVersion packaged(TemplateVersion version) {
    Optional<byte[]> ram = library.keptRam(version);
    return ram.isPresent() ? PackagedVersion.of(version, ram.get()) : PackagedVersion.of(version);
  }

  /**
   * Tells what a package holds, after checking every digest in it. Nothing is written.
   *
   * @throws RefusedException if it is not a sound package; every reason is listed
   * @throws dev.switchback.packaging.PackagingException if the file cannot be read
   */
  public PackageSummary inspect(Path file) {
    try (PackageReader reader = PackageReader.open(file)) {
      return reader.summary();
    }
  }

  /**
   * Reads what a package holds, after checking every digest in it. Nothing is written.
   *
   * @throws RefusedException if it is not a sound package; every reason is listed
   * @throws dev.switchback.packaging.PackagingException if the file cannot be read
   */
  public List<TemplateVersion> read(Path file) {
    try (PackageReader reader = PackageReader.open(file)) {
      return reader.versions().stream().map(PackagedVersion::version).toList();
    }
  }

  /**
   * Takes the versions of a package into the library, all or none. A version that is here already
   * with the same content is passed over; importing a package twice is importing it once. Only where
   * the storage fails on the way, or somebody publishes other content under one of the versions at the
   * same moment, those before it may be here, each of them whole.
   *
   * @param file the package; it is not altered
   * @param actor who imports it; may be empty
   * @return which versions are new here
   * @throws RefusedException if it is not a sound package, or the library has one of its versions
   *     with other content; every reason is listed and the library is as it was
   * @throws dev.switchback.packaging.PackagingException if the file cannot be read
   */
  public ImportReport importFrom(Path file, String actor) {
    site.authorize(actor, Authorizer.Action.IMPORT, String.valueOf(file.getFileName()));
    try (PackageReader reader = PackageReader.open(file)) {
      List<PackagedVersion> versions = reader.versions();
      refuseConflicts(file, versions);
      for (PackagedVersion packaged : versions) {
        if (library.find(packaged.version().ref()).isPresent()) {
          continue;
        }
        packaged
            .ram()
            .ifPresent(ram -> site.blobs()
                .put(packaged.version().ramDigest().orElseThrow(), new ByteArrayInputStream(ram)));
      }
      List<VersionRef> imported = new ArrayList<>();
      List<VersionRef> present = new ArrayList<>();
      for (PackagedVersion packaged : versions) {
        boolean created = site.storage().templates().create(packaged.version());
        if (!created) {
          // Somebody may have been faster, with other content.
          refuseConflicts(file, List.of(packaged));
        }
        (created ? imported : present).add(packaged.version().ref());
      }
      return new ImportReport(imported, present);
    }
  }

  private void refuseConflicts(Path file, List<PackagedVersion> versions) {
    List<Obstacle> conflicts = new ArrayList<>();
    for (PackagedVersion packaged : versions) {
      library
          .find(packaged.version().ref())
          .flatMap(present -> Library.conflict(present, packaged.version()))
          .ifPresent(conflicts::add);
    }
    if (!conflicts.isEmpty()) {
      throw new RefusedException("Cannot import " + file, conflicts);
    }
  }
}
