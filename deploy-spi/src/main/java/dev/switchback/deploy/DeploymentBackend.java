// SPDX-License-Identifier: Apache-2.0
package dev.switchback.deploy;

import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Obstacle;
import dev.switchback.model.app.StepId;
import java.util.List;
import java.util.Optional;

/**
 * Runs the components of apps.
 *
 * <p><b>Threads:</b> every method may be called by many threads; calls for one component never
 * overlap. <b>Atomicity:</b> a call is recognised by its step id: the same call again does nothing
 * more and answers alike, whether the first one was answered or not. <b>After failure:</b> what was
 * created carries app, component, generation and step id, so that {@link #observe} finds it.
 * <b>Life cycle:</b> opened by the host, closed by the host; closing stops nothing that runs.
 * <b>Ordering:</b> an {@link #observe} that starts after a change was accepted tells of it.
 *
 * <p>Calls return when the change was accepted, not when it is healthy: the engine asks {@link
 * #observe} for that. A backend never touches what it did not create.
 *
 * <p>Methods throw {@link DeploymentException} if the change was not made, and {@link
 * dev.switchback.model.OutcomeUnknownException} if it may or may not have been.
 */
public interface DeploymentBackend extends AutoCloseable {

  /**
   * Tells what of {@code app} is there now, one observation a component, in key order. A component
   * that is not there has none.
   *
   * @throws DeploymentException if it could not be found out
   */
  List<Observation> observe(AppId app);

  /**
   * Tells what of {@code target} this backend has no means for, now or ever: every reason, in an order
   * that is always the same; none if it can do it all. {@link #apply} and {@link #applyShared} refuse
   * the same; plans ask, so that people know before anything happens. Asks no platform, changes
   * nothing, does not fail.
   */
  default List<Obstacle> check(AppTarget target) {
    return List.of();
  }

  /**
   * Tells what of {@code wanted} this backend leaves out, or brings about later, while it does the rest,
   * in an order that is always the same: plans warn of it. Asks no platform, changes nothing, does not
   * fail.
   *
   * @param recorded the app as it is recorded; with an empty spec before it is installed
   * @param wanted the app as it is wanted
   */
  default List<Obstacle> leftOut(AppTarget recorded, AppTarget wanted) {
    return List.of();
  }

  /**
   * Brings a component to the state it is wanted in: creates it, or rolls it over.
   *
   * @param step names this change; the same step again does nothing more
   * @param target the component as it is wanted, within its app
   */
  void apply(StepId step, ComponentTarget target);

  /**
   * Takes a component down. Its volumes stay. Does nothing if it is not there.
   *
   * @param step names this change; the same step again does nothing more
   */
  void remove(StepId step, AppId app, ComponentKey component);

  /**
   * Brings what the components share to the state it is wanted in: routes, config groups, Kubernetes
   * resources and plugins.
   *
   * <p>Where some of that goes, this is called before and after the components change: first with all
   * that they may use until the last of them has changed, then without what goes. A component that
   * changes in between is to be given what the target of its own {@link #apply} has.
   *
   * @param step names this change; the same step again does nothing more
   * @param target the app with what its components share from now on
   */
  void applyShared(StepId step, AppTarget target);

  /** Returns the ability to take in artifacts; empty if this backend fetches them by itself. */
  default Optional<ArtifactLoader> artifactLoader() {
    return Optional.empty();
  }

  /** Returns the ability to tell what really runs, for finding drift; empty if there is none. */
  default Optional<Inspector> inspector() {
    return Optional.empty();
  }

  /** Lets go of connections; nothing that runs is stopped. A second call does nothing. */
  @Override
  void close();
}
