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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    String users = artifact.components().isEmpty()
        ? "a plugin"
        : artifact.components().stream().map(names::of).collect(Collectors.joining(", "));
    return new Obstacle(
        "artifact-missing",
        artifact.reference(),
        "Cannot run " + users + ": the artifact " + artifact.digest() + " is not there",
        "import a package that has it");
  }
}
