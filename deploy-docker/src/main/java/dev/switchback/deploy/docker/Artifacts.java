// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import dev.switchback.deploy.ArtifactLoader;
import dev.switchback.deploy.DeploymentException;
import dev.switchback.deploy.DeploymentException.Reason;
import dev.switchback.model.Digest;
import dev.switchback.model.spec.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The images of an engine, by digest.
 *
 * <p>An engine knows an image by the digest of its configuration and forgets that of its manifest. So
 * each image that is taken in gets a tag that names both, {@code switchback-artifact:<manifest>-<first
 * half of the id>}: if somebody moves the tag, the id no longer fits, and what it names is not run.
 */
final class Artifacts implements ArtifactLoader {

  private static final String REPOSITORY = "switchback-artifact";
  private static final int HEX = 64;
  private static final int ID_PART = 32;

  private final Engine engine;

  /** The ids of images that were found by digest, which no engine can give to other content. */
  private final ConcurrentMap<Digest, String> ids = new ConcurrentHashMap<>();

  Artifacts(Engine engine) {
    this.engine = engine;
  }

  /**
   * Returns the id of an image: by its digest where that is known, else by its reference as it is now.
   * One that was found by its digest before is not looked for again: if it has gone since, the engine
   * says so when it is used.
   *
   * @throws DeploymentException if there is no such image
   */
  String resolve(Image image) {
    Digest digest = image.digest();
    return digest == null
        ? engine.images().find(image.reference()).orElseThrow(() -> missing(image))
        : ids.computeIfAbsent(
            digest, key -> find(key, image.reference()).orElseThrow(() -> missing(image)));
  }

  private static DeploymentException missing(Image image) {
    Digest digest = image.digest();
    return new DeploymentException(
        Reason.IMAGE_MISSING,
        "Cannot run image " + image.reference() + (digest == null ? "" : " (" + digest + ")")
            + ": the engine does not have it; "
            + Failures.nextStep(Reason.IMAGE_MISSING),
        null);
  }

  /** Finds the id of the image with {@code digest}: of its manifest, or of its configuration. */
  Optional<String> find(Digest digest, String reference) {
    for (Map.Entry<String, String> tag :
        engine.images().tagged(REPOSITORY + ":" + digest.hex() + "-*").entrySet()) {
      if (fits(tag.getKey(), tag.getValue())) {
        return Optional.of(tag.getValue());
      }
    }
    Optional<String> byId = engine.images().find(digest.toString());
    if (byId.isPresent() || reference.isEmpty()) {
      return byId;
    }
    return engine.images().find(repository(reference) + "@" + digest);
  }

  /** Tells whether a tag of ours is still on the image it was made for. */
  private static boolean fits(String tag, String id) {
    int start = REPOSITORY.length() + 1;
    return tag.length() == start + HEX + 1 + ID_PART
        && id.startsWith("sha256:" + tag.substring(start + HEX + 1));
  }

  private static String repository(String reference) {
    String plain =
        reference.contains("@") ? reference.substring(0, reference.indexOf('@')) : reference;
    int colon = plain.lastIndexOf(':');
    return colon > plain.lastIndexOf('/') ? plain.substring(0, colon) : plain;
  }

  @Override
  public Set<Digest> present(Collection<Digest> digests) {
    SortedSet<Digest> present = new TreeSet<>();
    for (Digest digest : digests) {
      if (find(digest, "").isPresent()) {
        present.add(digest);
      }
    }
    return Collections.unmodifiableSortedSet(present);
  }

  @Override
  public void load(Digest digest, InputStream image) {
    if (find(digest, "").isPresent()) {
      return;
    }
    Path archive = null;
    try {
      archive = Files.createTempFile("switchback-image-", ".tar");
      String id = ImageArchive.convert(digest, image, archive);
      try (InputStream in = Files.newInputStream(archive)) {
        engine.images().load(in);
      }
      // The client says nothing of an archive that the engine did not understand: look.
      String loaded = engine
          .images()
          .find(id)
          .orElseThrow(() -> refused(digest, "the engine did not take it in", null));
      engine
          .images()
          .tag(loaded, REPOSITORY, digest.hex() + "-" + loaded.substring(7, 7 + ID_PART));
    } catch (IOException e) {
      throw refused(digest, String.valueOf(e.getMessage()), e);
    } finally {
      delete(archive);
    }
  }

  /**
   * Lets go of the images that were taken in, but for those in {@code keep} and those that a container
   * still uses.
   *
   * @return the digests that are gone
   */
  Set<Digest> prune(Collection<Digest> keep) {
    SortedSet<Digest> gone = new TreeSet<>();
    for (Map.Entry<String, String> tag :
        engine.images().tagged(REPOSITORY + ":*").entrySet()) {
      String hex = tag.getKey().substring(REPOSITORY.length() + 1, REPOSITORY.length() + 1 + HEX);
      Digest digest = new Digest(hex);
      boolean kept = keep.contains(digest) || keep.contains(Digest.parse(tag.getValue()));
      if (!kept
          && !engine.images().isUsed(tag.getValue())
          && engine.images().remove(tag.getKey())) {
        gone.add(digest);
      }
    }
    return Collections.unmodifiableSortedSet(gone);
  }

  private static DeploymentException refused(Digest digest, String why, @Nullable Exception cause) {
    return new DeploymentException(
        Reason.REFUSED,
        "Cannot take in image " + digest + ": " + why + "; make or fetch the package again",
        cause);
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.getLogger(Artifacts.class.getName())
          .log(System.Logger.Level.WARNING, "Cannot delete " + file, e);
    }
  }
}
