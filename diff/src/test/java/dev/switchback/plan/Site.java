// SPDX-License-Identifier: Apache-2.0
package dev.switchback.plan;

import dev.switchback.diff.Change;
import dev.switchback.diff.Diff;
import dev.switchback.diff.Place;
import dev.switchback.diff.SpecEditor;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.Keyed;
import dev.switchback.model.RecordId;
import dev.switchback.model.Setting;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.Origin;
import dev.switchback.model.app.RecordHistory;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.ConfigItem;
import dev.switchback.model.spec.EnvVar;
import dev.switchback.model.template.TemplateVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A library and one app in memory: plans and, in place of an engine, simply takes over the state
 * that a plan leads to.
 */
final class Site {

  static final AppId APP = new AppId("shop");
  static final TemplateId TEMPLATE = new TemplateId("shop");
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final TreeMap<VersionRef, TemplateVersion> library = new TreeMap<>();
  private final TreeMap<Long, AppState> revisions = new TreeMap<>();
  private final List<OperationRecord> records = new ArrayList<>();
  final List<Build> builds = new ArrayList<>();
  final List<Digest> present = new ArrayList<>();
  boolean artifactsChecked;
  int maxParallel = 10;
  private int drawn;

  static VersionRef ref(String version) {
    return new VersionRef(TEMPLATE, Version.parse(version));
  }

  /** Publishes a version; a digest of what prints stands in for the true one. */
  Site publish(String version, AppSpec spec) {
    return publish(TemplateVersion.builder(ref(version), spec, Digest.of("spec " + spec.hashCode()))
        .build());
  }

  Site publish(TemplateVersion version) {
    library.put(version.ref(), version);
    return this;
  }

  AppState state() {
    return revisions.lastEntry().getValue();
  }

  Optional<AppState> current() {
    return Optional.ofNullable(revisions.lastEntry()).map(Map.Entry::getValue);
  }

  AppState revision(long generation) {
    return revisions.get(generation);
  }

  List<OperationRecord> records() {
    return records;
  }

  List<KnownVersion> versions() {
    return library.values().stream().map(KnownVersion::of).toList();
  }

  PlannedOperation plan(PlanRequest request) {
    return Planner.plan(input(request), request);
  }

  PlanInput input(PlanRequest request) {
    AppState state = current().orElse(null);
    return PlanInput.builder(APP)
        .state(state)
        .stateDigest(state == null ? null : Digest.of("state " + state.generation()))
        .now(NOW)
        .target(target(request))
        .versions(versions())
        .earlier(earlier(request))
        .after(after(request))
        .laterRecords(later(request))
        .changedByBuilds(later(request).stream()
            .filter(RecordHistory::isToBuilds)
            .flatMap(record -> Diff.between(
                revisions.get(record.baseGeneration()).spec(),
                revisions.get(record.resultGeneration()).spec())
                .changes()
                .stream())
            .toList())
        .builds(builds)
        .artifactsChecked(artifactsChecked)
        .presentArtifacts(present)
        .maxParallel(maxParallel)
        .build();
  }

  private @Nullable TemplateVersion target(PlanRequest request) {
    if (request instanceof InstallRequest install) {
      return library.get(install.target());
    }
    return request instanceof UpgradeRequest upgrade ? library.get(upgrade.target()) : null;
  }

  private @Nullable AppState earlier(PlanRequest request) {
    return goal(request) == 0 ? null : revisions.get(goal(request));
  }

  private @Nullable AppState after(PlanRequest request) {
    return goal(request) == 0 ? null : revisions.get(takenBack(request));
  }

  private List<OperationRecord> later(PlanRequest request) {
    return goal(request) == 0
        ? List.of()
        : records.stream()
            .filter(record -> record.resultGeneration() > takenBack(request))
            .toList();
  }

  /** Returns the generation up to which all is taken back, edits included. */
  private long takenBack(PlanRequest request) {
    long goal = goal(request);
    boolean edited = request instanceof RollbackRequest rollback
        && rollback.target() instanceof RollbackTarget.ToRevision
        && records.stream()
            .filter(record -> record.resultGeneration() == goal + 1)
            .anyMatch(record -> record.kind() == OperationKind.EDIT);
    return edited ? goal : goal + 1;
  }

  private static long goal(PlanRequest request) {
    if (!(request instanceof RollbackRequest rollback)) {
      return 0;
    }
    if (rollback.target() instanceof RollbackTarget.BeforeRecord before) {
      return before.generation();
    }
    return rollback.target() instanceof RollbackTarget.ToRevision revision
        ? revision.generation()
        : 0;
  }

  /** Plans and takes the wanted state over; fails on obstacles. */
  Plan run(PlanRequest request) {
    PlannedOperation planned = plan(request);
    if (!planned.plan().isExecutable()) {
      throw new AssertionError("Cannot run:\n" + PlanTable.text(planned.plan()));
    }
    if (!planned.plan().isEmpty()) {
      RecordId parent = parent(request);
      adopt(fillMarks(planned.wanted()), request.operation());
      if (parent != null) {
        OperationRecord closed = records.remove(records.size() - 1).toBuilder()
            .status(RecordStatus.ROLLED_BACK)
            .parent(parent)
            .build();
        records.add(closed);
      }
    }
    return planned.plan();
  }

  /** Returns the first record that a rollback takes back, as the engine records it. */
  private @Nullable RecordId parent(PlanRequest request) {
    return records.stream()
        .filter(record -> goal(request) > 0 && record.resultGeneration() > goal(request))
        .map(OperationRecord::id)
        .findFirst()
        .orElse(null);
  }

  /** Makes {@code spec} the recorded one, as an edit by the operator would. */
  void edit(AppSpec spec) {
    adopt(
        state().toBuilder().spec(spec).generation(state().generation() + 1).build(),
        OperationKind.EDIT);
  }

  /** Records that the last step of a component failed. */
  void unsettle(ComponentKey key) {
    AppState state = state();
    revisions.put(state.generation(), state.toBuilder().unsettled(Set.of(key)).build());
  }

  /** Records that a component did not come about when the app was installed. */
  void lose(ComponentKey key) {
    AppState state = state();
    TreeMap<ComponentKey, Origin> origins = new TreeMap<>(state.origins());
    origins.remove(key);
    revisions.put(
        state.generation(),
        state.toBuilder()
            .spec(SpecEditor.of(state.spec()).remove(Place.of(key)).finish())
            .base(SpecEditor.of(state.base()).remove(Place.of(key)).finish())
            .origins(origins)
            .unsettled(Set.of(key))
            .build());
  }

  /** Drops a revision, as a limit on the history would. */
  void forget(long generation) {
    revisions.remove(generation);
  }

  private void adopt(AppState next, OperationKind kind) {
    RecordId id = new RecordId("r" + (records.size() + 1));
    records.add(OperationRecord.builder(id, APP, kind)
        .baseGeneration(next.generation() - 1)
        .resultGeneration(next.generation())
        .build());
    revisions.put(next.generation(), next.toBuilder().record(id).build());
  }

  /** Asks to go back to before the operation of the n-th record, counted from one. */
  RollbackRequest.Builder before(int record) {
    OperationRecord found = records.get(record - 1);
    return RollbackRequest.beforeRecord(found.id(), found.baseGeneration());
  }

  /** Draws secrets for marks, in the spec and the base alike, as the engine does. */
  private AppState fillMarks(AppState wanted) {
    TreeMap<String, Setting> groups = new TreeMap<>(wanted.generated());
    SpecEditor spec = SpecEditor.of(wanted.spec());
    SpecEditor base = SpecEditor.of(wanted.base());
    AppSpec basis = wanted.base();
    for (Change change : Diff.between(AppSpec.empty(), wanted.spec()).changes()) {
      if (change.afterItem() instanceof ConfigItem item && item.value().isGenerated()) {
        Keyed.Item filled = new ConfigItem(item.group(), item.name(), draw(item.value(), groups));
        spec.put(change.place(), filled);
        base.put(change.place(), filled);
      }
    }
    AppState.Builder next = wanted.toBuilder();
    AppSpec filledSpec = spec.finish();
    AppSpec filledBase = base.finish();
    var components = new ArrayList<>(filledSpec.components().asList());
    var bases = new TreeMap<String, dev.switchback.model.spec.Component>();
    filledBase.components().forEach(each -> bases.put(each.key(), each));
    for (int i = 0; i < components.size(); i++) {
      var component = components.get(i);
      for (EnvVar env : component.env()) {
        if (env.value().isGenerated()) {
          EnvVar filled = new EnvVar(
              env.name(), draw(env.value(), groups), env.label(), env.changeable(), env.port());
          component = component.toBuilder().env(component.env().with(filled)).build();
          var before = basis.component(component.id()).orElse(null);
          if (before != null
              && before.env().find(env.name()).filter(env::equals).isPresent()) {
            var inBase = bases.get(component.key());
            bases.put(
                component.key(),
                inBase.toBuilder().env(inBase.env().with(filled)).build());
          }
        }
      }
      components.set(i, component);
    }
    return next.spec(filledSpec.toBuilder().components(Keyed.copyOf(components)).build())
        .base(filledBase.toBuilder().components(Keyed.copyOf(bases.values())).build())
        .generated(groups)
        .build();
  }

  private Setting draw(Setting mark, Map<String, Setting> groups) {
    return mark.generatorGroup()
        .map(group -> groups.computeIfAbsent(group, unused -> next()))
        .orElseGet(this::next);
  }

  private Setting next() {
    drawn++;
    return Setting.secret("drawn-" + drawn);
  }
}
