// SPDX-License-Identifier: Apache-2.0
package dev.switchback.bench.diff;

import dev.switchback.diff.Diff;
import dev.switchback.diff.Sharing;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Origin;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.spec.Image;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.KnownVersion;
import dev.switchback.plan.PlanInput;
import dev.switchback.plan.PlannedOperation;
import dev.switchback.plan.Planner;
import dev.switchback.plan.UpgradeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** An installed app and the version it is to be upgraded to, as loaded for the planner. */
final class Upgrade {

  private static final VersionRef FROM = VersionRef.parse("shop@1.0");
  private static final VersionRef TO = VersionRef.parse("shop@2.0");

  private final AppSpec recorded;
  private final TemplateVersion target;
  private final PlanInput input;

  private Upgrade(AppSpec base, AppSpec recorded, AppSpec next) {
    this.recorded = recorded;
    this.target = TemplateVersion.builder(TO, next, Digest.of("2")).build();
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>();
    recorded.components().forEach(each -> origins.put(each.id(), new Origin(FROM, each.id())));
    AppState state = AppState.builder(new AppId("shop"), FROM)
        .versionDigest(Digest.of("1"))
        .generation(1)
        .base(base)
        .spec(recorded)
        .origins(origins)
        .build();
    this.input = PlanInput.builder(state.app())
        .state(state)
        .stateDigest(Digest.of("state"))
        .target(target)
        .versions(List.of(KnownVersion.of(target)))
        .build();
  }

  /** Makes one of specs that share nothing, as they are when all was just read. */
  static Upgrade parsed(Mix mix) {
    return new Upgrade(Specs.of(mix, 1), Specs.of(mix, 1), Specs.of(mix, 2));
  }

  /** Makes one of specs that share what is equal, as they do when they are kept. */
  static Upgrade kept(Mix mix) {
    AppSpec base = Specs.of(mix, 1);
    return new Upgrade(
        base, Sharing.of(Specs.of(mix, 1), base), Sharing.of(Specs.of(mix, 2), base));
  }

  /** Makes one in which each component needs the one before and every image changes. */
  static Upgrade chain(int size) {
    return new Upgrade(chained(size, "1"), chained(size, "1"), chained(size, "2"));
  }

  private static AppSpec chained(int size, String tag) {
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Component.Builder component =
          Component.builder(chainKey(i)).image(Image.of("registry.example.com/link:" + tag));
      if (i > 0) {
        component.dependencies(Keyed.of(new Dependency(new ComponentKey(chainKey(i - 1)))));
      }
      components.add(component.build());
    }
    return AppSpec.builder().components(Keyed.copyOf(components)).build();
  }

  private static String chainKey(int number) {
    // Scrambled, so that the order of keys is not the order of the chain.
    return Integer.toHexString(Integer.reverse(number));
  }

  /** Compares, then plans; whatever the specs share or do not share, both see them as they are. */
  Result diffAndPlan() {
    return new Result(Diff.between(recorded, target.spec()), plan());
  }

  /** Lets the target share with the recorded state first, as a host does that shows both. */
  Result shareThenDiffAndPlan() {
    AppSpec offered = Sharing.of(target.spec(), recorded);
    TemplateVersion version = target.toBuilder().spec(offered).build();
    return new Result(
        Diff.between(recorded, offered),
        Planner.plan(input.toBuilder().target(version).build(), UpgradeRequest.to(TO)));
  }

  /** Plans straight away: the plan's decisions are the diff. */
  PlannedOperation plan() {
    return Planner.plan(input, UpgradeRequest.to(TO));
  }

  record Result(Diff diff, PlannedOperation plan) {}
}
