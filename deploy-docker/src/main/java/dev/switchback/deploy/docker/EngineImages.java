// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Image;
import dev.switchback.model.OutcomeUnknownException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of an engine about images. */
final class EngineImages {

  private final DockerClient client;
  private final EngineCalls calls;

  EngineImages(DockerClient client, EngineCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  /** Returns the id of the image that {@code reference} stands for now; empty if there is none. */
  Optional<String> find(String reference) {
    try {
      return Optional.of(calls.find(
          "find image " + reference,
          () -> client.inspectImageCmd(reference).exec().getId()));
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (DockerException e) {
      throw Failures.of("find image " + reference, e);
    }
  }

  /** Returns the images that have a tag of the form {@code pattern}, each tag with its image's id. */
  Map<String, String> tagged(String pattern) {
    List<Image> found = calls.read(
        "list images",
        () -> client.listImagesCmd().withFilter("reference", List.of(pattern)).exec());
    Map<String, String> tags = new LinkedHashMap<>();
    for (Image image : found) {
      for (String tag : image.getRepoTags() == null ? new String[0] : image.getRepoTags()) {
        tags.put(tag, image.getId());
      }
    }
    return tags;
  }

  /** Takes in an archive as {@code docker save} writes it. */
  void load(InputStream archive) {
    calls.count();
    try {
      client.loadImageAsyncCmd(archive).start().awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutcomeUnknownException("Cannot tell whether the image was loaded: interrupted", e);
    } catch (RuntimeException e) {
      throw Failures.isUnreachable(e)
          ? EngineCalls.unreachable("load an image", e)
          : Failures.of("load an image", e);
    }
  }

  void tag(String id, String repository, String tag) {
    calls.change(
        "tag image " + id, () -> client.tagImageCmd(id, repository, tag).exec());
  }

  /** Takes a tag away, and the image if that was its last; does nothing if it is in use. */
  boolean remove(String tag) {
    try {
      calls.change("remove image " + tag, () -> client.removeImageCmd(tag).exec());
      return true;
    } catch (NotFoundException | ConflictException e) {
      return false;
    } catch (DockerException e) {
      throw Failures.of("remove image " + tag, e);
    }
  }

  /** Tells whether a container, running or not, was made from an image. */
  boolean isUsed(String imageId) {
    return !calls
        .read(
            "list the containers of image " + imageId,
            () -> client
                .listContainersCmd()
                .withShowAll(true)
                .withAncestorFilter(List.of(imageId))
                .exec())
        .isEmpty();
  }
}
