// SPDX-License-Identifier: Apache-2.0
package dev.switchback.core;

import dev.switchback.model.Obstacle;
import java.util.Optional;

/**
 * Decides who may do what. It is asked before every change, before anything is written; a denial
 * changes nothing.
 *
 * <p>May be called by many threads.
 */
@FunctionalInterface
public interface Authorizer {

  /** What somebody wants to do. */
  enum Action {
    /** Put a template version into the library. */
    PUBLISH,
    /** Put the content of a package into the library. */
    IMPORT,
    /** Install an app. */
    INSTALL,
    /** Upgrade an app. */
    UPGRADE,
    /** Change settings of an app. */
    EDIT,
    /** Roll back an app or some of its components. */
    ROLLBACK,
    /** Take an app down. */
    UNINSTALL,
    /** Report a build of a component. */
    REPORT_BUILD,
    /** Hold an app, or a version for an app. */
    HOLD,
    /** Release a hold. */
    RELEASE,
    /** Approve a plan; the object is its app. */
    APPROVE,
    /** Tick a follow-up off. */
    TICK,
    /** Let go of what a retention policy does not keep; the object is {@code site}. */
    COLLECT,
    /** Pause an operation. */
    PAUSE,
    /** Go on with a paused operation. */
    RESUME,
    /** Take back an operation that is under way or paused. */
    CANCEL,
    /** Finish or take back an operation that was cut short. */
    RECOVER
  }

  /**
   * Decides about one change.
   *
   * @param actor who wants it; empty if the caller did not say
   * @param action what is wanted
   * @param object what it is wanted on: an app id, a template version, a file name
   * @return empty to allow it, else why not
   */
  Optional<Obstacle> check(String actor, Action action, String object);

  /** Returns the authorizer that allows everything. */
  static Authorizer allowAll() {
    return (actor, action, object) -> Optional.empty();
  }
}
