// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.ChangedBy;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Place;
import dev.switchback.diff.PropertyKind;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Volume;
import dev.switchback.model.template.TemplateVersion;
import java.util.Collections;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plans to bring an app up, and to take it down. */
final class InstallPlanner {

  private InstallPlanner() {}

  static PlannedOperation plan(Draft draft, InstallRequest request) {
    PlanInput input = draft.input();
    VersionRef to = request.target();
    draft.versions(null, to);
    AppState present = draft.installed();
    if (present != null) {
      draft.obstacle(
          "already-installed",
          input.app().value(),
          "Cannot install " + to + " as " + input.app() + ": it is installed already, from "
              + present.version(),
          "upgrade it, or choose another name");
    }
    TemplateVersion target = Targets.of(draft, to);
    if (target == null) {
      return draft.finish(null);
    }
    draft.plan().toDigest(target.specDigest());
    draft.know(target.spec());
    HostRenaming hosts = new HostRenaming(
        draft, target.spec(), AppSpec.empty(), Collections.emptySortedMap(), request.hostNames());
    AppSpec spec = hosts.withTexts(hosts.withPorts(), Collections.emptySortedMap());
    if (spec.components().isEmpty() && spec.kubernetesResources().isEmpty()) {
      draft.obstacle(
          "nothing-in-version",
          to.toString(),
          "Cannot install " + to + ": it has neither components nor Kubernetes resources",
          "choose another version");
    }
    if (present != null) {
      return draft.finish(null);
    }
    for (Change change : Diff.between(AppSpec.empty(), spec).changes()) {
      draft.decide(change, Verdict.APPLY, "install: everything", ChangedBy.VENDOR);
    }
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    for (Component component : spec.components()) {
      ComponentKey key = new ComponentKey(component.key());
      origins.put(key, new Origin(to, key));
    }
    AppState wanted = AppState.builder(input.app(), to)
        .versionDigest(target.specDigest())
        .spec(spec)
        .base(spec)
        .origins(origins)
        .generated(input.state().map(AppState::generated).orElse(Collections.emptySortedMap()))
        .hostNames(hosts.names())
        .build();
    return draft.finish(wanted);
  }

  static PlannedOperation planRemoval(Draft draft) {
    AppState present = draft.installed();
    if (present == null) {
      return draft.refuseAbsent();
    }
    draft.versions(present.version(), null);
    for (Change change : Diff.between(present.spec(), AppSpec.empty()).changes()) {
      draft.decide(change, Verdict.APPLY, "uninstall: everything", ChangedBy.OPERATOR);
    }
    for (Component component : present.spec().components()) {
      if (!component.volumes().isEmpty()) {
        ComponentKey key = new ComponentKey(component.key());
        draft.followUp(
            Place.of(key, PropertyKind.VOLUME, ""),
            component.volumes().stream().map(Volume::path).collect(Collectors.joining(", ")),
            "",
            what -> "Delete the volumes of " + component
                + " by hand once their data is no longer needed: they stay");
      }
    }
    // Volumes stay, and with them the passwords that were drawn for what is on them.
    return draft.finish(AppState.builder(present.app(), present.version())
        .installed(false)
        .generated(present.generated())
        .build());
  }
}
