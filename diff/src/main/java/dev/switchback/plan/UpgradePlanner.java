// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.GeneratedMarks;
import dev.switchback.diff.Matching;
import dev.switchback.diff.Sharing;
import dev.switchback.diff.internal.Display;
import dev.switchback.diff.internal.InOrder;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plans to go to another template version: matches components, merges base, recorded state and
 * target under the policy, and records what each component is based on afterwards.
 *
 * <p>The new base has the target's value for everything that was decided, taken or not, so that the
 * next upgrade compares with what the vendor had, and does not ask again; what the policy kept of an
 * earlier version is remembered beside it, so that it is not taken for an edit by the operator. What
 * the request left out keeps its old base and is offered again; its component stays at the version
 * it was at unless it gets the new image, and the app stays at its version.
 */
final class UpgradePlanner {

  private UpgradePlanner() {}

  static PlannedOperation plan(Draft draft, UpgradeRequest request) {
    AppState recorded = draft.installed();
    if (recorded == null) {
      draft.versions(null, request.target());
      Targets.of(draft, request.target());
      return draft.refuseAbsent();
    }
    draft.versions(recorded.version(), request.target());
    TemplateVersion found = Targets.of(draft, request.target());
    if (found == null) {
      return draft.finish(null);
    }
    // What follows compares base, recorded state and target again and again: shared, they are
    // looked at once.
    List<AppSpec> apart = new ArrayList<>(List.of(recorded.base(), found.spec()));
    recorded.keptBase().ifPresent(apart::add);
    List<AppSpec> shared = Sharing.of(apart, recorded.spec());
    AppState state = recorded.toBuilder()
        .base(shared.get(0))
        .keptBase(shared.size() > 2 ? shared.get(2) : null)
        .build();
    TemplateVersion target = found.toBuilder().spec(shared.get(1)).build();
    draft.plan().toDigest(target.specDigest());
    onTheWay(draft, state, KnownVersion.of(target)).forEach(draft::obstacle);
    if (!state.version().template().equals(target.ref().template())) {
      return draft.finish(null);
    }
    Matching matching =
        Matching.of(state, target.ref(), target.spec(), request.mapping(), request.newComponents());
    matching.obstacles().forEach(draft::obstacle);
    return merge(draft, request, state, matching, target);
  }

  private static List<Obstacle> onTheWay(Draft draft, AppState state, KnownVersion target) {
    List<KnownVersion> known = draft.input().versions();
    UpgradePaths paths = new UpgradePaths(known);
    List<Obstacle> obstacles = paths.obstacles(state.version(), target);
    if (obstacles.isEmpty()) {
      return obstacles;
    }
    List<KnownVersion> offered = known.stream()
        .filter(each -> each.stage().compareTo(target.stage()) >= 0)
        .filter(each -> each.ref().template().equals(state.version().template()))
        .toList();
    List<VersionRef> hops =
        paths.hops(state.version(), offered).getOrDefault(target.ref(), List.of());
    return paths.obstacles(state.version(), target, hops.isEmpty() ? null : hops.get(0));
  }

  private static PlannedOperation merge(
      Draft draft,
      UpgradeRequest request,
      AppState state,
      Matching matching,
      TemplateVersion version) {
    AppSpec offered = matching.rekey(version.spec());
    draft.know(offered);
    MatchWarnings.warn(draft, state, matching, offered);
    UpgradeSelection selection = UpgradeSelection.of(draft, request, state, offered, matching);
    Foreseen foreseen = new Foreseen(request, selection);
    AppSpec derived = DerivedHosts.of(foreseen, state, offered);
    HostRenaming hosts =
        new HostRenaming(draft, derived, state.base(), state.hostNames(), request.hostNames());
    AppSpec named = hosts.withPorts();
    AppSpec reached = hosts.withTexts(named, KeptHosts.of(foreseen, state, derived, named));
    AppSpec target = GeneratedMarks.settle(reached, state.base(), state.spec());
    new UpgradePaths(draft.input().versions())
        .obstaclesOfComponents(state, KnownVersion.of(version), selection::isConcerned)
        .forEach(draft::obstacle);
    if (!matching.isCertain()) {
      return draft.finish(null);
    }
    UpgradeMerge merge = new UpgradeMerge(draft, request, state, target, selection);
    AppSpec wanted = new LooseEnds(draft, state.spec(), merge.merge()).dropped(target);
    HostClashes.of(wanted, state.spec(), target)
        .forEach((name, components) -> draft.obstacle(
            "host-name",
            name,
            "Cannot reach " + HostClashes.said(components, draft.names()) + " under host " + name
                + ": one keeps the name that another one gets",
            "give the one that gets it another name, or have the other one take its new name"));
    LeftOut left = merge.leftOut();
    left.settle(wanted);
    if (!left.isEmpty()) {
      draft.warning(
          "partly-upgraded",
          request.target().toString(),
          "The app stays at " + state.version().version() + ": "
              + Display.count(left.count(), "change")
              + " left out, to be offered again");
    }
    AppState next = state.toBuilder()
        .version(left.isEmpty() ? request.target() : state.version())
        .versionDigest(
            left.isEmpty() ? version.specDigest() : state.versionDigest().orElse(null))
        .spec(wanted)
        .base(merge.newBase())
        .keptBase(merge.newKeptBase().orElse(null))
        .hostNames(hosts.names())
        .unsettled(state.unsettled().stream()
            .filter(key -> target.component(key).isPresent())
            .toList())
        .origins(origins(request, state, matching, wanted, target, left))
        .build();
    return draft.finish(next);
  }

  private static SortedMap<ComponentKey, Origin> origins(
      UpgradeRequest request,
      AppState state,
      Matching matching,
      AppSpec wanted,
      AppSpec target,
      LeftOut left) {
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    InOrder<Component> offered = new InOrder<>(target.components());
    for (Component component : wanted.components()) {
      ComponentKey key = component.id();
      if (left.isBehind(key)
          && state.spec().component(key).isPresent()
          && !getsItsImage(component, state.spec(), target)) {
        Origin old = state.origins().get(key);
        if (old != null) {
          origins.put(key, old);
        }
      } else if (offered.find(component) != null) {
        origins.put(key, new Origin(request.target(), matching.originalKey(key)));
      }
    }
    return origins;
  }

  /**
   * Tells whether an upgrade brings the image of the target: then the component is at that version,
   * whatever else of it is left out, and must not be taken back to an earlier one unnoticed.
   */
  private static boolean getsItsImage(Component wanted, AppSpec recorded, AppSpec target) {
    Optional<Image> image = target.component(wanted.id()).map(Component::image);
    return image.filter(wanted.image()::equals).isPresent()
        && !recorded.component(wanted.id()).map(Component::image).equals(image);
  }
}
