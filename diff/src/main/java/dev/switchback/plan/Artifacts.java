// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.StepAction;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.spec.Plugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the artifacts that steps run, and whether they are there. */
final class Artifacts {

  private Artifacts() {}

  private record Id(String reference, @Nullable Digest digest) implements Comparable<Id> {

    @Override
    public int compareTo(Id other) {
      int order = reference.compareTo(other.reference);
      return order == 0 ? text(digest).compareTo(text(other.digest)) : order;
    }

    private static String text(@Nullable Digest digest) {
      return digest == null ? "" : digest.hex();
    }
  }

  /**
   * Returns the artifacts by reference: of components that are created or built, of new plugins.
   */
  static List<Artifact> of(List<Wave> waves, AppSpec before, AppSpec wanted, PlanInput input) {
    Map<Id, Set<ComponentKey>> users = new TreeMap<>();
    for (Wave wave : waves) {
      for (Step step : wave.steps()) {
        ComponentKey key = step.component();
        if (key != null
            && (step.action() == StepAction.CREATE || step.action() == StepAction.BUILD)) {
          wanted
              .component(key)
              .map(Component::image)
              .ifPresent(image -> users(image, users).add(key));
        }
      }
    }
    for (Plugin plugin : wanted.plugins()) {
      Image old = before.plugins().find(plugin.key()).map(Plugin::image).orElse(null);
      if (!plugin.image().equals(old)) {
        users(plugin.image(), users);
      }
    }
    return artifacts(users, input);
  }

  /** Returns the artifacts of images that somebody may decide for, but for those known already. */
  static List<Artifact> notIn(
      List<Artifact> known, Map<ComponentKey, Image> undecided, PlanInput input) {
    Map<Id, Set<ComponentKey>> users = new TreeMap<>();
    undecided.forEach((key, image) -> users(image, users).add(key));
    known.forEach(artifact -> users.remove(new Id(artifact.reference(), artifact.digest())));
    return artifacts(users, input);
  }

  /** Puts artifacts of two lists, of which none is in both, in order. */
  static List<Artifact> inOrder(List<Artifact> some, List<Artifact> others) {
    return Stream.concat(some.stream(), others.stream())
        .sorted(Comparator.comparing(artifact -> new Id(artifact.reference(), artifact.digest())))
        .toList();
  }

  private static List<Artifact> artifacts(Map<Id, Set<ComponentKey>> users, PlanInput input) {
    Set<Digest> present = new TreeSet<>(input.presentArtifacts());
    List<Artifact> artifacts = new ArrayList<>();
    users.forEach((id, keys) -> {
      if (!id.reference.isEmpty() || id.digest != null) {
        artifacts.add(new Artifact(
            id.reference,
            id.digest,
            List.copyOf(keys),
            presence(id.digest, present, input.artifactsChecked())));
      }
    });
    return artifacts;
  }

  private static Set<ComponentKey> users(Image image, Map<Id, Set<ComponentKey>> users) {
    return users.computeIfAbsent(
        new Id(image.reference(), image.digest()), unused -> new TreeSet<>());
  }

  private static Presence presence(@Nullable Digest digest, Set<Digest> present, boolean checked) {
    if (digest == null) {
      return Presence.UNKNOWN;
    }
    if (present.contains(digest)) {
      return Presence.PRESENT;
    }
    return checked ? Presence.MISSING : Presence.UNKNOWN;
  }

  /** Returns the reason why a plan cannot run without {@code artifact}. */
  static Obstacle missing(Artifact artifact, Names names) {
    return new Obstacle(
        "artifact-missing",
        artifact.reference(),
        "Cannot run " + users(artifact, names) + ": the artifact " + artifact.digest()
            + " is not there",
        "import a package that has it");
  }

  /** Returns the reason why a conflict cannot be decided for {@code artifact}. */
  static Obstacle missingIfTaken(Artifact artifact, Names names) {
    return new Obstacle(
        "artifact-missing",
        artifact.reference(),
        "Cannot take the vendor's image for " + users(artifact, names) + ": the artifact "
            + artifact.digest() + " is not there",
        "import a package that has it, or keep yours");
  }

  private static String users(Artifact artifact, Names names) {
    return artifact.components().isEmpty()
        ? "a plugin"
        : artifact.components().stream().map(names::of).collect(Collectors.joining(", "));
  }
}
