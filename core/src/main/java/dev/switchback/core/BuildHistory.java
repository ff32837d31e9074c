// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.Lease;
import dev.switchback.model.spec.Component;
import dev.switchback.storage.BuildStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the builds that an operation brought into use to the history of their components. */
final class BuildHistory {

  private BuildHistory() {}

  /**
   * Appends a build for each component of {@code next} whose image or command is not what it was
   * before, unless its history has that build already: after a rollback, or when this is called
   * again after a crash.
   */
  static void append(Site site, Lease lease, @Nullable AppState before, AppState next) {
    for (Component component : next.spec().components()) {
      boolean same = before != null
          && before
              .spec()
              .component(component.id())
              .map(old -> sameArtifact(old, component))
              .orElse(false);
      if (!same && !component.image().reference().isEmpty()) {
        append(site, lease, next.app(), component);
      }
    }
  }

  private static boolean sameArtifact(Component old, Component component) {
    return old.image().equals(component.image()) && old.command().equals(component.command());
  }

  private static void append(Site site, Lease lease, AppId app, Component component) {
    BuildStore store = site.storage().builds();
    List<Build> known = all(store, app, component.id());
    boolean present = known.stream()
        .anyMatch(build ->
            build.image().equals(component.image()) && build.command().equals(component.command()));
    if (present) {
      return;
    }
    long sequence = nextSequence(known);
    String wanted = component.image().buildVersion();
    boolean taken = known.stream().anyMatch(build -> build.version().equals(wanted));
    String version =
        wanted.isEmpty() ? Long.toString(sequence) : taken ? wanted + "-" + sequence : wanted;
    store.append(
        lease,
        new Build(
            app,
            component.id(),
            version,
            sequence,
            Build.Status.SUCCESS,
            component.image(),
            component.command(),
            site.clock().instant()));
  }

  static Build report(
      Site site,
      Lease lease,
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
    store.append(lease, build);
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
