// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.deploy.AppTarget;
import dev.switchback.diff.Change;
import dev.switchback.diff.Diff;
import dev.switchback.json.JsonFormats;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.RefusedException;
import dev.switchback.model.TemplateId;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.app.RecordHistory;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.plan.DriftRequest;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.KnownVersion;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanInput;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.PlannedOperation;
import dev.switchback.plan.Planner;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.plan.RollbackTarget;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.plan.Warning;
import dev.switchback.storage.AppStore;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads what a request is about and hands it to the planner. Writes nothing. */
final class Planning {

  private static final int MAX_PARALLEL = 1000;

  private final Site site;

  Planning(Site site) {
    this.site = site;
  }

  Plan plan(AppId app, PlanRequest request) {
    Plan plan = plan(app, request, site.clock().instant(), site.planValidity()).plan();
    List<Obstacle> obstacles = new ArrayList<>(plan.obstacles());
    obstacles.addAll(Holds.against(plan, Holds.of(site, app)));
    List<Warning> warnings = new ArrayList<>(plan.warnings());
    if (!(request instanceof DriftRequest)) {
      warnings.addAll(DriftFinder.warnings(site, app));
    }
    return plan.toBuilder().obstacles(obstacles).warnings(warnings).build();
  }

  /** Plans again what {@code plan} was made for, as if at the time at which it was made. */
  PlannedOperation again(Plan plan) {
    return plan(
        plan.app(),
        plan.request(),
        plan.createdAt(),
        Duration.between(plan.createdAt(), plan.expiresAt()));
  }

  private PlannedOperation plan(AppId app, PlanRequest request, Instant now, Duration validity) {
    Storage storage = site.storage();
    PlanInput.Builder input =
        PlanInput.builder(app).now(now).validity(validity).maxParallel(MAX_PARALLEL);
    Optional<AppState> state = storage.apps().find(app);
    state.ifPresent(
        found -> input.state(found).stateDigest(JsonFormats.appState().digest(found)));
    if (request instanceof InstallRequest install) {
      input.target(target(install.target()));
    } else if (request instanceof UpgradeRequest upgrade) {
      input.target(target(upgrade.target())).versions(versions(upgrade.target().template()));
    } else if (request instanceof DriftRequest) {
      state
          .flatMap(found -> DriftFinder.seen(site, found))
          .ifPresent(seen -> input
              .running(seen.components())
              .runningDigest(JsonFormats.appSpec().digest(seen)));
    } else if (request instanceof RollbackRequest rollback) {
      loadRollback(app, rollback.target(), input);
    }
    PlannedOperation first = Planner.plan(input.build(), request);
    PlannedOperation planned = ArtifactStaging.available(site, first.plan())
        .map(here -> Planner.plan(
            input.artifactsChecked(true).presentArtifacts(List.copyOf(here)).build(), request))
        .orElse(first);
    return withinMeans(planned, state.orElse(null), input.build().target().orElse(null));
  }

  /**
   * Adds what the backend leaves out, as warnings, and what it has no means for. Where the recorded
   * state asks for that already, people know, and it is a warning, too: it must not stand in the way of
   * other changes.
   */
  private PlannedOperation withinMeans(
      PlannedOperation planned, @Nullable AppState recorded, @Nullable TemplateVersion version) {
    // A plan with obstacles brings nothing about; what the version asks for tells the others.
    AppSpec wanted = planned.plan().obstacles().isEmpty() || version == null
        ? planned.wanted().spec()
        : version.spec();
    List<Obstacle> lacking = lacking(planned.wanted(), wanted);
    List<Obstacle> leftOut = leftOut(recorded, planned.wanted(), wanted);
    if (lacking.isEmpty() && leftOut.isEmpty()) {
      return planned;
    }
    List<Obstacle> before = recorded == null ? List.of() : lacking(recorded, recorded.spec());
    List<Obstacle> obstacles = new ArrayList<>(planned.plan().obstacles());
    List<Warning> warnings = new ArrayList<>(planned.plan().warnings());
    for (Obstacle obstacle : lacking) {
      if (before.contains(obstacle)) {
        warnings.add(warning(obstacle));
      } else {
        obstacles.add(obstacle);
      }
    }
    leftOut.forEach(omission -> warnings.add(warning(omission)));
    Plan plan =
        planned.plan().toBuilder().obstacles(obstacles).warnings(warnings).build();
    return new PlannedOperation(plan, planned.wanted());
  }

  private static Warning warning(Obstacle obstacle) {
    return new Warning(obstacle.code(), obstacle.place(), obstacle.message());
  }

  private List<Obstacle> leftOut(@Nullable AppState recorded, AppState state, AppSpec wanted) {
    AppSpec before = recorded == null ? AppSpec.empty() : recorded.spec();
    return site.backend() == null
        ? List.of()
        : site.backend()
            .leftOut(
                new AppTarget(state.app(), recorded == null ? 0 : recorded.generation(), before),
                new AppTarget(state.app(), state.generation(), wanted));
  }

  private List<Obstacle> lacking(AppState state, AppSpec spec) {
    return site.backend() == null
        ? List.of()
        : site.backend().check(new AppTarget(state.app(), state.generation(), spec));
  }

  /** Returns the version; null if the library does not have it, which the planner says then. */
  private @Nullable TemplateVersion target(VersionRef ref) {
    return site.storage().templates().find(ref).orElse(null);
  }

  List<KnownVersion> versions(TemplateId template) {
    return Pages.all(page -> site.storage().templates().versions(template, page)).stream()
        .map(found ->
            new KnownVersion(found.ref(), found.specDigest(), found.stage(), found.upgradeRules()))
        .toList();
  }

  private void loadRollback(AppId app, RollbackTarget target, PlanInput.Builder input) {
    if (target instanceof RollbackTarget.BeforeRecord before) {
      loadBefore(app, before, input);
    } else if (target instanceof RollbackTarget.ToRevision revision) {
      loadSince(app, revision.generation(), input);
    } else if (target instanceof RollbackTarget.ToBuilds builds) {
      List<Build> known = new ArrayList<>();
      for (ComponentKey component : builds.builds().keySet()) {
        known.addAll(BuildHistory.all(site.storage().builds(), app, component));
      }
      input.builds(known);
    }
  }

  /**
   * What followed the revision is taken back; what came after that is what happened since. An edit
   * that followed is not taken back but is the first of those made since.
   */
  private void loadSince(AppId app, long generation, PlanInput.Builder input) {
    AppStore apps = site.storage().apps();
    AppState earlier = apps.findRevision(app, generation).orElse(null);
    input.earlier(earlier);
    List<OperationRecord> since = since(app, generation);
    if (!since.isEmpty() && since.get(0).kind() == OperationKind.EDIT) {
      input.after(earlier);
      later(app, since, input);
    } else if (!since.isEmpty()) {
      input.after(apps.findRevision(app, since.get(0).resultGeneration()).orElse(null));
      later(app, since.subList(1, since.size()), input);
    }
  }

  private void later(AppId app, List<OperationRecord> later, PlanInput.Builder input) {
    List<Change> changed = new ArrayList<>();
    for (OperationRecord record : later) {
      if (RecordHistory.isToBuilds(record)) {
        AppStore apps = site.storage().apps();
        Optional<AppState> before = apps.findRevision(app, record.baseGeneration());
        Optional<AppState> after = apps.findRevision(app, record.resultGeneration());
        if (before.isPresent() && after.isPresent()) {
          changed.addAll(Diff.between(before.get().spec(), after.get().spec()).changes());
        }
      }
    }
    input.laterRecords(later).changedByBuilds(changed);
  }

  /** Returns the records of what changed the app after a revision, oldest first. */
  private List<OperationRecord> since(AppId app, long generation) {
    List<OperationRecord> since = new ArrayList<>();
    for (OperationRecord record :
        Pages.all(page -> site.storage().records().list(RecordQuery.ofApp(app), page))) {
      if (record.resultGeneration() > 0 && record.resultGeneration() <= generation) {
        break;
      }
      if (record.resultGeneration() > 0) {
        since.add(record);
      }
    }
    Collections.reverse(since);
    return since;
  }

  private void loadBefore(AppId app, RollbackTarget.BeforeRecord before, PlanInput.Builder input) {
    AppStore apps = site.storage().apps();
    input.earlier(apps.findRevision(app, before.generation()).orElse(null));
    List<OperationRecord> later = new ArrayList<>();
    for (OperationRecord record :
        Pages.all(page -> site.storage().records().list(RecordQuery.ofApp(app), page))) {
      if (record.id().equals(before.record())) {
        long result = record.resultGeneration();
        input.after(
            apps.findRevision(app, result == 0 ? before.generation() : result).orElse(null));
        break;
      }
      if (record.resultGeneration() > 0) {
        later.add(record);
      }
    }
    Collections.reverse(later);
    later(app, later, input);
  }

  /** Makes the request to go back to before {@code id}, or refuses it. */
  RollbackRequest.Builder beforeRecord(RecordId id) {
    OperationRecord record = site.storage()
        .records()
        .find(id)
        .orElseThrow(() -> new RefusedException(
            "Cannot roll back " + id,
            Obstacle.of("record-missing", "there is no record " + id, "choose one that is listed")))
        .record();
    List<Obstacle> obstacles = new ArrayList<>();
    if (!record.status().isTerminal()) {
      obstacles.add(Obstacle.of(
          "record-open",
          "the operation has not ended: it is " + record.status(),
          "wait for it, or recover it"));
    }
    if (record.baseGeneration() == 0) {
      obstacles.add(Obstacle.of(
          "nothing-before",
          "there was no app before this " + Engine.name(record.kind()),
          "uninstall the app instead"));
    }
    if (!obstacles.isEmpty()) {
      throw new RefusedException("Cannot roll back " + id, obstacles);
    }
    return RollbackRequest.beforeRecord(id, record.baseGeneration());
  }

  /**
   * Returns the record that the operation of {@code plan} takes back; the first one where a rollback to
   * a revision takes back several.
   */
  Optional<RecordId> parent(Plan plan) {
    if (!(plan.request() instanceof RollbackRequest rollback)) {
      return Optional.empty();
    }
    return switch (rollback.target().kind()) {
      case BEFORE_RECORD -> Optional.of(((RollbackTarget.BeforeRecord) rollback.target()).record());
      case REVISION ->
        since(plan.app(), ((RollbackTarget.ToRevision) rollback.target()).generation()).stream()
            .map(OperationRecord::id)
            .findFirst();
      case BUILDS -> Optional.empty();
    };
  }
}
