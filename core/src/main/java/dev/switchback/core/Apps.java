// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.RecordId;
import dev.switchback.model.RefusedException;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.template.Stage;
import dev.switchback.plan.InstallRequest;
import dev.switchback.plan.Plan;
import dev.switchback.plan.PlanRequest;
import dev.switchback.plan.RollbackRequest;
import dev.switchback.plan.UpgradeRequest;
import dev.switchback.plan.Upgrades;
import dev.switchback.storage.Page;
import dev.switchback.storage.PageRequest;
import dev.switchback.storage.RecordQuery;
import dev.switchback.storage.StoredOperation;
import java.util.List;
import java.util.Optional;

/**
 * The apps of a site: planning, executing, looking back.
 *
 * <p>Every change is a plan first and an execution second. {@link #upgrade} and {@link #rollback} do
 * both in one call.
 */
public final class Apps {

  private final Site site;
  private final Planning planning;
  private final Engine engine;

  Apps(Site site) {
    this.site = site;
    this.planning = new Planning(site);
    this.engine = new Engine(site, planning);
  }

  /**
   * Plans an operation. Writes nothing.
   *
   * @param app the app; for an install, the name it is to have
   * @param request what is wanted
   * @return the plan, with every obstacle if it cannot be executed
   */
  public Plan plan(AppId app, PlanRequest request) {
    return planning.plan(app, request);
  }

  /**
   * Executes a plan: takes the lease of the app, plans again and compares, then runs the steps.
   *
   * <p>When this returns, the record is closed and says what happened, whether all, part or none of
   * it was done; or it is PAUSED, because somebody asked for that. If this process dies before,
   * {@link #recover} finishes the operation.
   *
   * @param plan the plan, made here or read from a file
   * @param options how to execute it
   * @return the closed or paused record
   * @throws RefusedException if the plan has obstacles, is too old, is held, lacks approvals, or would
   *     be another one now; every reason is listed and nothing was changed
   * @throws dev.switchback.storage.LeaseHeldException if somebody else is changing the app; nothing
   *     was changed
   * @throws dev.switchback.storage.FencedOffException if somebody else took over while this process
   *     was away; they finish the operation
   * @throws dev.switchback.storage.StorageException if the storage failed on the way; recovery
   *     finishes the operation
   */
  public OperationRecord execute(Plan plan, ExecutionOptions options) {
    return engine.execute(plan, options, null);
  }

  /** Installs a template version under the name {@code app}: plans and executes. */
  public OperationRecord install(AppId app, VersionRef version) {
    return execute(plan(app, new InstallRequest(version)), ExecutionOptions.defaults());
  }

  /**
   * Upgrades an app to a template version under the default policy: plans and executes.
   *
   * @throws RefusedException as {@link #execute}
   */
  public OperationRecord upgrade(AppId app, VersionRef version) {
    UpgradeRequest request = UpgradeRequest.builder(version).build();
    return execute(plan(app, request), ExecutionOptions.defaults());
  }

  /**
   * Takes back the operation of a record: plans and executes. Components it added stay; they are
   * named as follow-ups.
   *
   * @throws RefusedException as {@link #execute}; also if there is no such record or nothing before it
   */
  public OperationRecord rollback(RecordId record) {
    return execute(planRollback(record), ExecutionOptions.defaults());
  }

  /**
   * Plans to take back the operation of a record, with the default options.
   *
   * @throws RefusedException if there is no such record, it has not ended, or there was nothing before
   *     it
   */
  public Plan planRollback(RecordId record) {
    return plan(requireRecord(record).app(), beforeRecord(record).build());
  }

  /**
   * Starts the request to take back the operation of a record, for a caller who wants other options.
   *
   * @throws RefusedException if there is no such record, it has not ended, or there was nothing before
   *     it
   */
  public RollbackRequest.Builder beforeRecord(RecordId record) {
    return planning.beforeRecord(record);
  }

  /**
   * Plans to do what an operation did not come to: the same request again, of which only the components
   * that failed or were never begun are left.
   *
   * @throws RefusedException if there is no such record, it has not ended, it did everything, or its
   *     plan is not kept
   */
  public Plan planRetry(RecordId record) {
    return RetryPlans.plan(site, planning, record);
  }

  /**
   * Retries an operation: plans and executes. The new record names {@code record} as its parent, unless
   * it is a rollback, whose parent is what it takes back.
   *
   * @throws RefusedException as {@link #planRetry} and {@link #execute}
   */
  public OperationRecord retry(RecordId record, ExecutionOptions options) {
    return engine.execute(planRetry(record), options, record);
  }

  /**
   * Tells which versions of its template an app can go to, newest first, each with why or why not.
   *
   * @param app the app
   * @param stage the earliest stage to offer: {@link Stage#RELEASED} leaves out versions in testing
   * @throws RefusedException if the app was never installed
   */
  public Upgrades upgrades(AppId app, Stage stage) {
    AppState state = require(app);
    return Upgrades.find(
        state,
        state.versionDigest().orElse(null),
        planning.versions(state.version().template()),
        stage,
        Holds.byVersion(Holds.of(site, app)));
  }

  /** Lists the apps by id, uninstalled ones included. */
  public Page<AppState> list(PageRequest page) {
    return site.storage().apps().list(page);
  }

  /** Returns the recorded state of an app, or empty if it was never installed. */
  public Optional<AppState> find(AppId app) {
    return site.storage().apps().find(app);
  }

  /** Returns the state of an app at a generation, or empty if it is not kept. */
  public Optional<AppState> revision(AppId app, long generation) {
    return site.storage().apps().findRevision(app, generation);
  }

  /**
   * Returns the recorded state of an app and what its backend sees.
   *
   * @throws RefusedException if the app was never installed
   * @throws dev.switchback.deploy.DeploymentException if the backend could not tell
   */
  public AppStatus status(AppId app) {
    return new AppStatus(require(app), site.deployment().observe(app));
  }

  /**
   * Compares what is recorded of an app with what its backend sees, property by property. Writes
   * nothing. {@link dev.switchback.plan.DriftRequest} plans to end it. While an operation is under way,
   * what it has not come to yet shows as drift.
   *
   * @throws RefusedException if the app is not installed, or the backend cannot tell what really runs
   * @throws IllegalStateException if there is no backend
   * @throws dev.switchback.deploy.DeploymentException if the backend failed to tell
   */
  public Drift drift(AppId app) {
    return DriftFinder.find(site, require(app));
  }

  /** Lists the records that {@code query} asks for, of one app or of all, latest first. */
  public Page<OperationRecord> records(RecordQuery query, PageRequest page) {
    return site.storage().records().list(query, page);
  }

  /** Lists the records of an app, latest first. */
  public Page<OperationRecord> records(AppId app, PageRequest page) {
    return site.storage().records().list(RecordQuery.ofApp(app), page);
  }

  /** Returns a record, or empty if there is none of that id. */
  public Optional<OperationRecord> record(RecordId id) {
    return site.storage().records().find(id).map(StoredOperation::record);
  }

  /** Lists the builds of a component, latest first. */
  public Page<Build> builds(AppId app, ComponentKey component, PageRequest page) {
    return site.storage().builds().list(app, component, page);
  }

  /**
   * Adds a build that the host made to the history of a component. Nothing that runs changes; an edit
   * or a rollback of builds brings it into use.
   *
   * @param app the app
   * @param component one of its components
   * @param build what was built and how that ended
   * @param actor who reports it; may be empty
   * @return the build as it stands in the history
   * @throws RefusedException if there is no such app or component, or its history has a build of that
   *     version already; every reason is listed and nothing was written
   * @throws dev.switchback.storage.LeaseHeldException if somebody is changing the app; nothing was
   *     written
   */
  public Build reportBuild(AppId app, ComponentKey component, ReportedBuild build, String actor) {
    site.authorize(actor, Authorizer.Action.REPORT_BUILD, app + "/" + component);
    String what = "Cannot add build " + build.version() + " of " + component + " in " + app;
    if (require(app).spec().component(component).isEmpty()) {
      throw new RefusedException(
          what,
          Obstacle.of(
              "component-missing", app + " has no component " + component, "name one it has"));
    }
    try (LeaseKeeper lease = LeaseKeeper.take(site, app)) {
      return BuildHistory.report(site, lease, app, component, build, what);
    }
  }

  /**
   * Starts to execute a plan, as {@link #execute} does, on a thread of its own. When this returns,
   * everything was checked, the app is taken, and the operation has begun.
   *
   * @throws RefusedException as {@link #execute}
   * @throws dev.switchback.storage.LeaseHeldException as {@link #execute}
   */
  public Operation start(Plan plan, ExecutionOptions options) {
    return engine.start(plan, options);
  }

  /**
   * Asks an operation, here or on another node, to begin no further step, to wait for those under way
   * and to let go of the app. Its record is then PAUSED, until {@link #resume} or {@link #cancel}, on
   * any node. What its node does not hear of because it died, {@link #recover} does.
   *
   * @return the record as it is now; the operation may still be on its way to the next boundary
   * @throws RefusedException if there is no such record or it is closed, or the actor may not
   */
  public OperationRecord pause(RecordId id, String actor) {
    return engine.pause(id, actor);
  }

  /**
   * Goes on with a paused operation, under its own record, and returns when it has ended.
   *
   * @param options how to go on; what to do on failure was decided when it began
   * @return the closed record, or the record paused again
   * @throws RefusedException if there is no such record or it is not paused, or the actor may not
   * @throws dev.switchback.storage.LeaseHeldException if somebody else is changing the app
   */
  public OperationRecord resume(RecordId id, ExecutionOptions options) {
    return engine.resume(id, options);
  }

  /** As {@link #cancel(RecordId, ExecutionOptions)} with the default options. */
  public OperationRecord cancel(RecordId id, String actor) {
    return cancel(id, ExecutionOptions.builder().actor(actor).build());
  }

  /**
   * Asks an operation, here or on another node, to begin no further step and to take back what it did.
   * One that is paused is taken back right here.
   *
   * @param options how to wait for health while taking back
   * @return the record as it is now: closed if it was paused; else the operation may still be on its
   *     way to the next boundary
   * @throws RefusedException if there is no such record or it is closed, or the actor may not
   */
  public OperationRecord cancel(RecordId id, ExecutionOptions options) {
    return engine.cancel(id, options);
  }

  /**
   * Finishes every operation that was cut short, here or on another node, and that nobody is working
   * on any more: goes on where its journal ends, and closes its record. What to do on failure was
   * decided when it began; a signal to pause or cancel that was left for it is followed. Paused
   * operations are left alone.
   *
   * @param options how to go on
   * @return the records as they are now; empty if there was nothing to do
   */
  public List<OperationRecord> recover(ExecutionOptions options) {
    return engine.recover(options);
  }

  private OperationRecord requireRecord(RecordId id) {
    return record(id)
        .orElseThrow(() -> new RefusedException(
            "Cannot roll back " + id,
            Obstacle.of(
                "record-missing", "there is no record " + id, "choose one that is listed")));
  }

  private AppState require(AppId app) {
    return find(app)
        .orElseThrow(() -> new RefusedException(
            "Cannot read " + app,
            Obstacle.of("app-missing", "there is no app " + app, "choose one that is listed")));
  }
}
