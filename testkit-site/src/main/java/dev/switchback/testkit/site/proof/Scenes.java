// SPDX-License-Identifier: Apache-2.0
package dev.switchback.testkit.site.proof;

import dev.switchback.core.ExecutionOptions;
import dev.switchback.core.ProgressEvent;
import dev.switchback.core.Switchback;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.SwitchbackException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.spec.ConfigGroup;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.Dependency;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.Edit;
import dev.switchback.plan.EditRequest;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.Policy;
import dev.switchback.plan.UninstallRequest;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.storage.PageRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * The operations of the proof, on a shop in three versions: 1, 2, which changes, adds and removes
 * components and what they share, and 3, which is as 2 but for a component in the middle that never
 * gets healthy.
 */
final class Scenes {

  static final AppId SHOP = new AppId("shop");

  private static final ComponentKey API = new ComponentKey("api");
  private static final VersionRef ONE = VersionRef.parse("shop@1");
  private static final VersionRef TWO = VersionRef.parse("shop@2");
  private static final VersionRef BROKEN = VersionRef.parse("shop@3");

  private final CrashProof proof;
  private final List<TemplateVersion> versions = new ArrayList<>();
  private final boolean canBreak;

  Scenes(CrashProof proof) {
    this.proof = proof;
    versions.add(version(
        ONE,
        "1",
        needs(proof.component("web", 1), "api"),
        needs(proof.component("api", 1), "db"),
        needs(proof.component("batch", 1), "db"),
        proof.component("db", 1)));
    versions.add(second(TWO, proof.component("api", 2)));
    proof.brokenComponent("api").ifPresent(api -> versions.add(second(BROKEN, api)));
    canBreak = versions.size() > 2;
  }

  List<TemplateVersion> versions() {
    return versions;
  }

  /** Returns the operations that the proof goes through call by call. */
  List<Scene> all() {
    List<Scene> scenes = new ArrayList<>(List.of(
        new Scene("install", site -> {}, Scenes::install),
        new Scene("upgrade", Scenes::installed, Scenes::upgrade),
        new Scene("rollback", Scenes::upgraded, Scenes::rollback),
        new Scene("edit", Scenes::installed, this::edit),
        new Scene("uninstall", Scenes::installed, Scenes::uninstall),
        new Scene("pause", Scenes::installed, Scenes::pauseAndResume),
        new Scene("cancel", Scenes::installed, Scenes::cancel)));
    if (canBreak) {
      scenes.add(new Scene("broken-install", site -> {}, Scenes::installBroken));
      scenes.add(new Scene("broken-upgrade", Scenes::installed, Scenes::upgradeBroken));
      scenes.add(new Scene("broken-rollback", Scenes::partlyUpgraded, Scenes::rollback));
    }
    return scenes;
  }

  /** Returns what a node may want to do on a site that has the first version. */
  List<Scene.Work> works() {
    List<Scene.Work> works = new ArrayList<>(List.of(
        Scenes::upgrade,
        Scenes::rollback,
        this::edit,
        Scenes::uninstall,
        Scenes::install,
        Scenes::pauseAndResume,
        Scenes::pause,
        Scenes::cancel));
    if (canBreak) {
      works.add(Scenes::upgradeBroken);
    }
    return works;
  }

  /** Returns the scene in which nothing is done, on a site that has the first version. */
  Scene installed() {
    return new Scene("installed", Scenes::installed, Scenes::install);
  }

  private static void installed(Switchback site) {
    done(run(site, new InstallRequest(ONE), plain()));
  }

  private static void upgraded(Switchback site) {
    installed(site);
    done(upgrade(site, plain()));
  }

  private static void partlyUpgraded(Switchback site) {
    installed(site);
    upgradeBroken(site, plain());
  }

  private static ExecutionOptions.Builder plain() {
    return ExecutionOptions.builder().executor(Runnable::run).onFailure(OnFailure.STOP);
  }

  private static void done(OperationRecord record) {
    if (record.status() != RecordStatus.SUCCEEDED) {
      throw new IllegalStateException("Cannot prepare the scene: the " + record.kind()
          + " ended as " + record.status() + ": " + record.message());
    }
  }

  private static OperationRecord install(Switchback site, ExecutionOptions.Builder options) {
    return run(site, new InstallRequest(ONE), options);
  }

  private static OperationRecord installBroken(Switchback site, ExecutionOptions.Builder options) {
    return run(site, new InstallRequest(BROKEN), options);
  }

  private static OperationRecord upgrade(Switchback site, ExecutionOptions.Builder options) {
    return run(site, upgradeTo(TWO), options);
  }

  private static OperationRecord upgradeBroken(Switchback site, ExecutionOptions.Builder options) {
    return run(site, upgradeTo(BROKEN), options);
  }

  private OperationRecord edit(Switchback site, ExecutionOptions.Builder options) {
    EditRequest request = EditRequest.of(
        new Edit.SetImage(API, proof.component("api", 2).image()),
        new Edit.SetConfigItem("common", "LANGUAGE", Setting.plain("fr")));
    return run(site, request, options);
  }

  private static OperationRecord uninstall(Switchback site, ExecutionOptions.Builder options) {
    return run(site, new UninstallRequest(), options);
  }

  private static OperationRecord rollback(Switchback site, ExecutionOptions.Builder options) {
    RecordId last =
        site.apps().records(SHOP, PageRequest.first(1)).items().get(0).id();
    PlanRequest request =
        site.apps().beforeRecord(last).removeAdded(true).recreateRemoved(true).build();
    return run(site, request, options);
  }

  private static OperationRecord pauseAndResume(Switchback site, ExecutionOptions.Builder options) {
    OperationRecord record = pause(site, options);
    return record.status() == RecordStatus.PAUSED
        ? site.apps().resume(record.id(), options.listener(event -> {}).build())
        : record;
  }

  private static OperationRecord pause(Switchback site, ExecutionOptions.Builder options) {
    return signal(site, options, (to, record) -> to.apps().pause(record, "crash proof"));
  }

  private static OperationRecord cancel(Switchback site, ExecutionOptions.Builder options) {
    return signal(site, options, (to, record) -> to.apps().cancel(record, "crash proof"));
  }

  /** Upgrades, and gives a signal as soon as a step is done. */
  private static OperationRecord signal(
      Switchback site, ExecutionOptions.Builder options, BiConsumer<Switchback, RecordId> signal) {
    AtomicBoolean given = new AtomicBoolean();
    options.listener(event -> {
      if (event.kind() == ProgressEvent.Kind.STEP_DONE && !given.getAndSet(true)) {
        try {
          signal.accept(site, event.record());
        } catch (SwitchbackException e) {
          // A fault met the signal and not the operation, which goes on without.
        }
      }
    });
    return upgrade(site, options);
  }

  private static PlanRequest upgradeTo(VersionRef version) {
    return UpgradeRequest.builder(version).policy(Policy.exact()).build();
  }

  private static OperationRecord run(
      Switchback site, PlanRequest request, ExecutionOptions.Builder options) {
    Plan plan = site.apps().plan(SHOP, request);
    return site.apps().execute(plan, options.build());
  }

  private TemplateVersion second(VersionRef ref, Component api) {
    return version(
        ref,
        "2",
        needs(proof.component("web", 2), "api", "cache"),
        needs(api, "db"),
        needs(proof.component("cache", 2), "db"),
        proof.component("db", 1));
  }

  private static Component needs(Component component, String... providers) {
    return component.toBuilder()
        .dependencies(Arrays.stream(providers)
            .map(key -> new Dependency(new ComponentKey(key)))
            .collect(Keyed.collector()))
        .build();
  }

  private static TemplateVersion version(VersionRef ref, String shared, Component... components) {
    AppSpec spec = AppSpec.builder()
        .components(Keyed.of(components))
        .configGroups(Keyed.of(new ConfigGroup("common", "env", true)))
        .configItems(Keyed.of(
            new ConfigItem("common", "LANGUAGE", Setting.plain("en")),
            new ConfigItem("common", "ONLY_IN_" + shared, Setting.plain("yes")),
            new ConfigItem("common", "SHARED", Setting.plain(shared))))
        .build();
    return TemplateVersion.builder(ref, spec, JsonFormats.appSpec().digest(spec))
        .build();
  }
}
