// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Diff;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Plans to go back to earlier builds: image and command change, everything else stays. */
final class BuildRollback {

  private BuildRollback() {}

  static PlannedOperation plan(Draft draft, AppState state, RollbackTarget.ToBuilds target) {
    draft.versions(state.version(), state.version());
    Map<ComponentKey, Component> changed = new HashMap<>();
    for (Map.Entry<ComponentKey, String> entry : target.builds().entrySet()) {
      Component present = state.spec().component(entry.getKey()).orElse(null);
      if (present == null) {
        draft.obstacle(
            "unknown-component",
            entry.getKey().value(),
            "Cannot roll back component " + entry.getKey() + ": the app has no such component",
            "");
        continue;
      }
      Build build = find(draft, entry.getKey(), entry.getValue());
      if (build != null) {
        changed.put(
            entry.getKey(),
            present.toBuilder().image(build.image()).command(build.command()).build());
      }
    }
    AppSpec wanted = state.spec().toBuilder()
        .components(state.spec().components().stream()
            .map(component -> changed.getOrDefault(component.id(), component))
            .collect(Keyed.collector()))
        .build();
    for (Change change : Diff.between(state.spec(), wanted).changes()) {
      String build = target.builds().getOrDefault(change.component().orElseThrow(), "");
      draft.decide(change, Verdict.APPLY, "rollback: to build " + build, ChangedBy.OPERATOR);
    }
    return draft.finish(state.toBuilder().spec(wanted).build());
  }

  private static @org.jspecify.annotations.Nullable Build find(
      Draft draft, ComponentKey component, String version) {
    List<Build> builds = draft.input().builds().stream()
        .filter(build -> build.component().equals(component))
        .filter(build -> build.app().equals(draft.input().app()))
        .toList();
    Build found = builds.stream()
        .filter(build -> build.version().equals(version))
        .reduce((earlier, later) -> later)
        .orElse(null);
    if (found == null) {
      draft.obstacle(
          "unknown-build",
          component.value(),
          "Cannot roll back component " + component + ": it has no build " + version,
          successful(builds));
      return null;
    }
    if (found.status() != Build.Status.SUCCESS) {
      draft.obstacle(
          "build-not-successful",
          component.value(),
          "Cannot roll back component " + component + " to build " + version
              + ": that build ended as " + found.status().name().toLowerCase(Locale.ROOT),
          successful(builds));
      return null;
    }
    return found;
  }

  private static String successful(List<Build> builds) {
    String versions = builds.stream()
        .filter(build -> build.status() == Build.Status.SUCCESS)
        .map(Build::version)
        .collect(Collectors.joining(", "));
    return versions.isEmpty() ? "" : "choose among the successful builds " + versions;
  }
}
