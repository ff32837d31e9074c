// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.OutcomeUnknownException;
import dev.switchback.model.RefusedException;
import dev.switchback.packaging.ImageArchive;
import dev.switchback.plan.Artifact;
import dev.switchback.plan.Plan;
import dev.switchback.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gets the artifacts of a plan to where the backend can run them, before anything changes. Concerns
 * only backends that take artifacts in; others fetch them by themselves.
 */
final class ArtifactStaging {

  private ArtifactStaging() {}

  /**
   * Returns those artifacts of {@code plan} that the backend has or that the blobs of the site can give
   * it; empty if that is not for the site to see to.
   */
  static Optional<Set<Digest>> available(Site site, Plan plan) {
    Set<Digest> needed = needed(plan);
    Optional<ArtifactLoader> loader = loader(site);
    if (loader.isEmpty() || needed.isEmpty()) {
      return Optional.empty();
    }
    Set<Digest> available = new TreeSet<>(present(site, loader.get(), needed));
    for (Digest digest : needed) {
      if (!available.contains(digest) && missing(site, digest).isEmpty()) {
        available.add(digest);
      }
    }
    return Optional.of(available);
  }

  /**
   * Gives the backend what it does not have yet.
   *
   * @throws RefusedException if some of it is nowhere, with all of that; the backend was given nothing
   * @throws DeploymentException if the backend could not take something in; nothing was changed
   */
  static void stage(Site site, String what, Plan plan) {
    Set<Digest> needed = needed(plan);
    Optional<ArtifactLoader> loader = loader(site);
    if (loader.isEmpty() || needed.isEmpty()) {
      return;
    }
    needed.removeAll(present(site, loader.get(), needed));
    List<Obstacle> obstacles = new ArrayList<>();
    for (Digest digest : needed) {
      List<Digest> missing = missing(site, digest);
      if (!missing.isEmpty()) {
        obstacles.add(Obstacle.of(
            "artifact-missing",
            "of the artifact " + digest + " the site does not have " + missing,
            "import a package that has it"));
      }
    }
    if (!obstacles.isEmpty()) {
      throw new RefusedException(what, obstacles);
    }
    needed.forEach(digest -> load(site, loader.get(), digest));
  }

  private static void load(Site site, ArtifactLoader loader, Digest digest) {
    Retries.of(site)
        .run(
            () -> {
              try (InputStream archive =
                  ImageArchive.of(site.blobs()::open, digest).open()) {
                loader.load(digest, archive);
              } catch (IOException e) {
                throw new StorageException("Cannot read " + digest + ": " + e, e);
              }
            },
            ArtifactStaging::mayTryAgain);
  }

  /** Returns those of the blobs of an image that the site does not have. */
  private static List<Digest> missing(Site site, Digest image) {
    List<Digest> needed = ImageArchive.of(site.blobs()::open, image).digests();
    Set<Digest> present = site.blobs().present(needed);
    return needed.stream().filter(digest -> !present.contains(digest)).toList();
  }

  private static Set<Digest> present(Site site, ArtifactLoader loader, Set<Digest> needed) {
    return Retries.of(site).call(() -> loader.present(needed), ArtifactStaging::mayTryAgain);
  }

  private static boolean mayTryAgain(RuntimeException failure) {
    return failure instanceof OutcomeUnknownException
        || (failure instanceof DeploymentException refused && refused.mayRetry());
  }

  private static Optional<ArtifactLoader> loader(Site site) {
    return site.backend() == null ? Optional.empty() : site.backend().artifactLoader();
  }

  private static Set<Digest> needed(Plan plan) {
    Set<Digest> needed = new TreeSet<>();
    for (Artifact artifact : plan.artifacts()) {
      if (artifact.digest() != null) {
        needed.add(artifact.digest());
      }
    }
    return needed;
  }
}
