// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.spec.Component;
import dev.switchback.storage.BuildStore;
import dev.switchback.storage.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what the history of components gets: builds that came into use, builds that were made. */
final class BuildHistory {

  private BuildHistory() {}

  /**
   * Returns a build for each component of {@code next} whose image or command is not what it was
   * before, unless its history has that build already, as after a rollback.
   */
  static List<Build> brought(Site site, @Nullable AppState before, AppState next) {
    List<Build> builds = new ArrayList<>();
    for (Component component : next.spec().components()) {
      boolean same = before != null
          && before
              .spec()
              .component(component.id())
              .map(old -> sameArtifact(old, component))
              .orElse(false);
      if (!same && !component.image().reference().isEmpty()) {
        brought(site, next.app(), component).ifPresent(builds::add);
      }
    }
    return builds;
  }

  private static boolean sameArtifact(Component old, Component component) {
    return old.image().equals(component.image()) && old.command().equals(component.command());
  }

  private static Optional<Build> brought(Site site, AppId app, Component component) {
    List<Build> known = all(site.storage().builds(), app, component.id());
    boolean present = known.stream()
        .anyMatch(build ->
            build.image().equals(component.image()) && build.command().equals(component.command()));
    if (present) {
      return Optional.empty();
    }
    long sequence = nextSequence(known);
    String wanted = component.image().buildVersion();
    boolean taken = known.stream().anyMatch(build -> build.version().equals(wanted));
    String version =
        wanted.isEmpty() ? Long.toString(sequence) : taken ? wanted + "-" + sequence : wanted;
    return Optional.of(new Build(
        app,
        component.id(),
        version,
        sequence,
        Build.Status.SUCCESS,
        component.image(),
        component.command(),
        site.clock().instant()));
  }

  /** Adds a build that the host made, and gives the lease back with it. */
  static Build report(
      Site site,
      LeaseKeeper lease,
      AppId app,
      ComponentKey component,
      ReportedBuild reported,
      String what) {
    BuildStore store = site.storage().builds();
    if (store.find(app, component, reported.version()).isPresent()) {
      throw new RefusedException(
          what,
          Obstacle.of(
              "build-exists",
              "its history has a build of that version",
              "give the build a version of its own"));
    }
    Build build = new Build(
        app,
        component,
        reported.version(),
        nextSequence(all(store, app, component)),
        reported.status(),
        reported.image(),
        reported.command(),
        site.clock().instant());
    Commit commit = Commit.of(app).builds(List.of(build)).release().build();
    Commits.write(site, lease.current(), commit);
    lease.given();
    return build;
  }

  private static long nextSequence(List<Build> latestFirst) {
    return latestFirst.isEmpty() ? 1 : latestFirst.get(0).sequence() + 1;
  }

  /** Returns every build of a component, latest first. */
  static List<Build> all(BuildStore store, AppId app, ComponentKey component) {
    return Pages.all(page -> store.list(app, component, page));
  }
}
